import type { Locale } from "../../src/elements/words/locales/locale.ts";
import ar from "../../src/elements/words/locales/ar.ts";
import cs from "../../src/elements/words/locales/cs.ts";
import da from "../../src/elements/words/locales/da.ts";
import de from "../../src/elements/words/locales/de.ts";
import es from "../../src/elements/words/locales/es.ts";
import fa from "../../src/elements/words/locales/fa.ts";
import fi from "../../src/elements/words/locales/fi.ts";
import fr from "../../src/elements/words/locales/fr.ts";
import he from "../../src/elements/words/locales/he.ts";
import hi from "../../src/elements/words/locales/hi.ts";
import hu from "../../src/elements/words/locales/hu.ts";
import id from "../../src/elements/words/locales/id.ts";
import it from "../../src/elements/words/locales/it.ts";
import ja from "../../src/elements/words/locales/ja.ts";
import ko from "../../src/elements/words/locales/ko.ts";
import nl from "../../src/elements/words/locales/nl.ts";
import pl from "../../src/elements/words/locales/pl.ts";
import ptBr from "../../src/elements/words/locales/pt-br.ts";
import ru from "../../src/elements/words/locales/ru.ts";
import sv from "../../src/elements/words/locales/sv.ts";
import tr from "../../src/elements/words/locales/tr.ts";
import uk from "../../src/elements/words/locales/uk.ts";
import zhCn from "../../src/elements/words/locales/zh-cn.ts";
import zhTw from "../../src/elements/words/locales/zh-tw.ts";

/** Every language that ships beside English. */
export const locales: readonly Locale[] = [
  ...[ar, cs, da, de, es, fa, fi, fr, he, hi, hu, id],
  ...[it, ja, ko, nl, pl, ptBr, ru, sv, tr, uk, zhCn, zhTw],
];
