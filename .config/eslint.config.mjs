// Rules about Lit templates, their accessibility and custom elements, over what renders them. All other rules are in .oxlintrc.jsonc.
import { configs as lit } from "eslint-plugin-lit";
import litA11y from "eslint-plugin-lit-a11y";
import { configs as wc } from "eslint-plugin-wc";
import { defineConfig } from "eslint/config";
import parser from "@typescript-eslint/parser";

export default defineConfig(
  {
    linterOptions: { reportUnusedDisableDirectives: "error" },
    languageOptions: { parser },
  },
  {
    files: ["src/{elements,pages}/**/*.ts", "src/*.ts", "stories/**/*.ts"],
    // The translations render nothing.
    ignores: ["src/elements/words/locales/**"],
    extends: [
      lit["flat/recommended"],
      litA11y.configs.recommended,
      wc["flat/recommended"],
      wc["flat/best-practice"],
    ],
    rules: {
      "lit/no-template-map": "off",
      "lit/lifecycle-super": "error",
      "lit/no-this-assign-in-render": "error",
      "lit/prefer-static-styles": "error",
      "lit/no-legacy-imports": "error",
      // TypeScript identifies a class by its fields; the element is identified by its tag map.
      "wc/expose-class-on-global": "off",
      "wc/file-name-matches-element": "off",
      // TypeScript checks it, and across files.
      "wc/no-invalid-extends": "off",
    },
  },
  {
    files: ["stories/**/*.ts"],
    rules: {
      "wc/guard-define-call": "off",
      "wc/max-elements-per-file": "off",
      "wc/no-closed-shadow-root": "off",
    },
  },
);
