import { registerWords } from "../../elements/words/strings.ts";
import type { Dictionary } from "../../elements/words/strings.ts";

/*
 * English is part of the page. Every other language is a file that pushes its strings to a list. An app adds the script to the
 * page, or names the folder: `<html data-languages="languages/">`. Without either nothing is loaded.
 */

declare global {
  /** Strings of language files, loaded before or after this script. */
  var SxCallLanguages: { push(locale: Dictionary): unknown } | undefined;
}

/** Languages for which the build creates files. */
const codes =
  "ar cs da de es fa fi fr he hi hu id it ja ko nl pl pt-br ru sv tr uk zh-cn zh-tw".split(" ");

/** Returns the file of a language: its own, that of its script or region, or that of the base language. `null` for English. */
export function codeFor(language: string): string | null {
  const tag = language.toLowerCase();
  const [base = ""] = tag.split("-");
  const aliases: Record<string, string> = {
    pt: "pt-br",
    zh: /hant|tw|hk|mo/.test(tag) ? "zh-tw" : "zh-cn",
  };
  return [tag, aliases[base] ?? base].find((code) => codes.includes(code)) ?? null;
}

/** Registers the loaded strings, and loads those of the person's language if the app has named a folder. */
export function loadLanguage(languages: readonly string[] = navigator.languages): void {
  const { documentElement: root } = document;
  const take = (locale: Dictionary) => {
    registerWords(locale);
    root.lang = locale.$code;
    root.dir = locale.$dir;
  };
  const waiting = globalThis.SxCallLanguages;
  globalThis.SxCallLanguages = { push: take };
  if (Array.isArray(waiting)) for (const locale of waiting as Dictionary[]) take(locale);
  const folder = root.dataset.languages;
  const [wanted = "en"] = languages;
  const code = codeFor(wanted);
  if (folder === undefined || code === null) return;
  const script = document.createElement("script");
  script.src = `${folder}${code}.js`;
  document.head.append(script);
}
