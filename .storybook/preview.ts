/// <reference types="vite/client" />
import { setCustomElementsManifest, type Preview } from "@storybook/web-components-vite";
import { registerWords } from "sx-call-kit";
import type { Locale } from "../src/elements/words/locales/locale.ts";
import { applyTheme, themeNames, themes, type ThemeName } from "../stories/support/themes.ts";
import { checkContrast } from "./check-contrast.ts";
import { checkDocumented } from "./check-documented.ts";

// Made by `npm run analyze`, which every script that starts Storybook calls. Without it there are only no controls.
const found = import.meta.glob<object>("../dist/custom-elements.json", {
  eager: true,
  import: "default",
});
const manifests = Object.values(found);
for (const manifest of manifests) setCustomElementsManifest(manifest);

// Loaded when it is chosen, as a host does.
const locales = import.meta.glob<Locale>("../src/elements/words/locales/!(locale).ts", {
  import: "default",
});
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
    // A story with a fault that axe finds is a failed test.
    a11y: { test: "error" },
    controls: { expanded: true },
    layout: "fullscreen",
  },
  globalTypes: {
    scheme: toolbar("Colour scheme", "contrast", [
      { value: "light dark", title: "As the system" },
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
  afterEach: async ({ canvasElement }) => {
    checkDocumented(canvasElement, manifests);
    // Only where stories are tests: nobody wants to see it flicker.
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
      // The page behind the story is part of what axe measures contrast against.
      canvasElement.style.background = "Canvas";
      canvasElement.style.color = "CanvasText";
      return story();
    },
  ],
};

export default preview;
