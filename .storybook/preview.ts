/// <reference types="vite/client" />
import { setCustomElementsManifest, type Preview } from "@storybook/web-components-vite";
import { configure } from "storybook/test";
import { registerWords } from "sx-call-kit";
import type { Locale } from "../src/elements/words/locales/locale.ts";
import { applyTheme, themeNames, themes, type ThemeName } from "../stories/support/themes.ts";
import { checkContrast } from "./check-contrast.ts";
import { checkDocumented } from "./check-documented.ts";

// For what hangs, not for what is slow.
configure({ asyncUtilTimeout: 20_000 });

// Made by `npm run analyze`, which every script that starts Storybook runs. Without it the controls are missing.
const found = import.meta.glob<object>("../dist/custom-elements.json", {
  eager: true,
  import: "default",
});
const manifests = Object.values(found);
for (const manifest of manifests) setCustomElementsManifest(manifest);

// Loaded when selected, as in a host.
const locales = import.meta.glob<Locale>(
  // The build knows no extended patterns, and would find none.
  ["../src/elements/words/locales/*.ts", "!../src/elements/words/locales/locale.ts"],
  { import: "default" },
);
const codeOf = (path: string) => path.replace(/.*\/|\.ts$/g, "");
const languages = ["en", ...Object.keys(locales).map(codeOf)];

const toolbar = <Icon extends string>(
  title: string,
  icon: Icon,
  items: { value: string; title: string }[],
) => ({
  description: title,
  toolbar: { title, icon, items, dynamicTitle: true },
});

const preview: Preview = {
  tags: ["autodocs"],
  parameters: {
    // A finding of axe fails the story's test.
    a11y: { test: "error" },
    controls: { expanded: true },
    layout: "fullscreen",
  },
  globalTypes: {
    scheme: toolbar("Colour scheme", "contrast", [
      { value: "light dark", title: "System default" },
      { value: "light", title: "Light" },
      { value: "dark", title: "Dark" },
    ]),
    direction: toolbar("Direction", "transfer", [
      { value: "ltr", title: "Left to right" },
      { value: "rtl", title: "Right to left" },
    ]),
    language: toolbar(
      "Language",
      "globe",
      languages.map((code) => ({ value: code, title: code })),
    ),
    theme: toolbar(
      "Theme",
      "paintbrush",
      themeNames.map((name) => ({ value: name, title: themes[name].title })),
    ),
  },
  loaders: [
    async ({ globals }) => {
      const [, load] =
        Object.entries(locales).find(([path]) => codeOf(path) === globals.language) ?? [];
      if (load) registerWords(await load());
    },
  ],
  initialGlobals: { scheme: "light dark", direction: "ltr", theme: "neutral", language: "en" },
  // In tests the story before this one is no longer seen.
  beforeEach: () => {
    if ("__vitest_browser__" in globalThis) dispatchEvent(new Event("drawing-over"));
  },
  afterEach: async ({ canvasElement }) => {
    checkDocumented(canvasElement, manifests);
    // Only in tests, because it flickers.
    if ("__vitest_browser__" in globalThis) await checkContrast(canvasElement);
  },
  decorators: [
    (story, { globals, canvasElement }) => {
      const { scheme, direction, theme, language } = globals as Record<
        "scheme" | "direction" | "language",
        string
      > & {
        theme: ThemeName;
      };
      canvasElement.style.colorScheme = scheme;
      canvasElement.dir = direction;
      canvasElement.lang = language;
      applyTheme(canvasElement, theme);
      // axe measures contrast against the page behind the story.
      canvasElement.style.background = "Canvas";
      canvasElement.style.color = "CanvasText";
      return story();
    },
  ],
};

export default preview;
