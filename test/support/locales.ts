import type { Locale } from "../../src/elements/locales/locale.ts";
import ar from "../../src/elements/locales/ar.ts";
import cs from "../../src/elements/locales/cs.ts";
import da from "../../src/elements/locales/da.ts";
import de from "../../src/elements/locales/de.ts";
import es from "../../src/elements/locales/es.ts";
import fa from "../../src/elements/locales/fa.ts";
import fi from "../../src/elements/locales/fi.ts";
import fr from "../../src/elements/locales/fr.ts";
import he from "../../src/elements/locales/he.ts";
import hi from "../../src/elements/locales/hi.ts";
import hu from "../../src/elements/locales/hu.ts";
import id from "../../src/elements/locales/id.ts";
import it from "../../src/elements/locales/it.ts";
import ja from "../../src/elements/locales/ja.ts";
import ko from "../../src/elements/locales/ko.ts";
import nl from "../../src/elements/locales/nl.ts";
import pl from "../../src/elements/locales/pl.ts";
import ptBr from "../../src/elements/locales/pt-br.ts";
import ru from "../../src/elements/locales/ru.ts";
import sv from "../../src/elements/locales/sv.ts";
import tr from "../../src/elements/locales/tr.ts";
import uk from "../../src/elements/locales/uk.ts";
import zhCn from "../../src/elements/locales/zh-cn.ts";
import zhTw from "../../src/elements/locales/zh-tw.ts";

/** Every language that ships beside English. */
export const locales: readonly Locale[] = [
  ...[ar, cs, da, de, es, fa, fi, fr, he, hi, hu, id],
  ...[it, ja, ko, nl, pl, ptBr, ru, sv, tr, uk, zhCn, zhTw],
];
