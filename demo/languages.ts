import { registerWords } from "sx-call-kit";

/** What a language's module has: its dictionary. */
type Dictionary = Promise<{ readonly default: Parameters<typeof registerWords>[0] }>;

/** The kit's languages beside English, each loaded when it is chosen. */
const dictionaries: Readonly<Record<string, () => Dictionary>> = {
  ar: () => import("sx-call-kit/locales/ar"),
  cs: () => import("sx-call-kit/locales/cs"),
  da: () => import("sx-call-kit/locales/da"),
  de: () => import("sx-call-kit/locales/de"),
  es: () => import("sx-call-kit/locales/es"),
  fa: () => import("sx-call-kit/locales/fa"),
  fi: () => import("sx-call-kit/locales/fi"),
  fr: () => import("sx-call-kit/locales/fr"),
  he: () => import("sx-call-kit/locales/he"),
  hi: () => import("sx-call-kit/locales/hi"),
  hu: () => import("sx-call-kit/locales/hu"),
  id: () => import("sx-call-kit/locales/id"),
  it: () => import("sx-call-kit/locales/it"),
  ja: () => import("sx-call-kit/locales/ja"),
  ko: () => import("sx-call-kit/locales/ko"),
  nl: () => import("sx-call-kit/locales/nl"),
  pl: () => import("sx-call-kit/locales/pl"),
  "pt-br": () => import("sx-call-kit/locales/pt-br"),
  ru: () => import("sx-call-kit/locales/ru"),
  sv: () => import("sx-call-kit/locales/sv"),
  tr: () => import("sx-call-kit/locales/tr"),
  uk: () => import("sx-call-kit/locales/uk"),
  "zh-cn": () => import("sx-call-kit/locales/zh-cn"),
  "zh-tw": () => import("sx-call-kit/locales/zh-tw"),
};

export const languages: readonly string[] = ["en", ...Object.keys(dictionaries)];

/** @returns a language's name in that language. */
export function nameOf(language: string): string {
  return new Intl.DisplayNames([language], { type: "language" }).of(language) ?? language;
}

/** Loads a language's words. English is built in. @returns the direction of its writing. */
export async function loadLanguage(language: string): Promise<"ltr" | "rtl"> {
  const dictionary = await dictionaries[language]?.();
  if (dictionary) registerWords(dictionary.default);
  return dictionary?.default.$dir ?? "ltr";
}
