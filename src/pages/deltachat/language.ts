import locale from "../../elements/words/locales/de.ts";

/** The script of one language, for the list of `languages.ts`. The build makes one of each: others stand in for this one. */
(globalThis.SxCallLanguages ??= [] as (typeof locale)[]).push(locale);
