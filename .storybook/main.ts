import type { StorybookConfig } from "@storybook/web-components-vite";
import { mergeConfig } from "vite";
import { sourceAliases } from "../.config/source-plugin.mjs";

const config: StorybookConfig = {
  framework: "@storybook/web-components-vite",
  stories: ["../stories/**/*.stories.ts"],
  addons: ["@storybook/addon-docs", "@storybook/addon-a11y", "@storybook/addon-vitest"],
  core: { disableTelemetry: true, disableWhatsNewNotifications: true },
  viteFinal: (viteConfig) =>
    mergeConfig(viteConfig, {
      resolve: { alias: sourceAliases() },
      // The worker imports modules.
      worker: { format: "es" },
      // Found at once. Otherwise the dev server finds them one by one and loads Lit twice.
      optimizeDeps: {
        include: [
          "lit",
          "lit/decorators.js",
          "lit/directive-helpers.js",
          "lit/directives/class-map.js",
          "lit/directives/if-defined.js",
          "lit/directives/live.js",
          "lit/directives/ref.js",
          "lit/directives/repeat.js",
          "lit/directives/style-map.js",
          "lit/directives/when.js",
          "lit/html.js",
          "lit/static-html.js",
          "@shoelace-style/localize",
          "axe-core",
          "valibot",
        ],
      },
    }),
};

export default config;
