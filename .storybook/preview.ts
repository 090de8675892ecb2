/// <reference types="vite/client" />
import { setCustomElementsManifest, type Preview } from "@storybook/web-components-vite";
import { checkDocumented } from "./check-documented.ts";

// Made by `npm run analyze`, which every script that starts Storybook calls. Without it there are only no controls.
const found = import.meta.glob<object>("../dist/custom-elements.json", { eager: true, import: "default" });
const manifests = Object.values(found);
for (const manifest of manifests) setCustomElementsManifest(manifest);

const toolbar = <Icon extends string>(title: string, icon: Icon, items: { value: string; title: string }[]) => ({
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
  },
  initialGlobals: { scheme: "light dark", direction: "ltr" },
  afterEach: ({ canvasElement }) => {
    checkDocumented(canvasElement, manifests);
  },
  decorators: [
    (story, { globals, canvasElement }) => {
      const { scheme, direction } = globals as { scheme: string; direction: string };
      canvasElement.style.colorScheme = scheme;
      canvasElement.dir = direction;
      // The page behind the story is part of what axe measures contrast against.
      canvasElement.style.background = "Canvas";
      canvasElement.style.color = "CanvasText";
      return story();
    },
  ],
};

export default preview;
