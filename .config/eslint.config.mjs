import { fileURLToPath } from "node:url";
import globals from "globals";
import { configs as lit } from "eslint-plugin-lit";
import litA11y from "eslint-plugin-lit-a11y";
import { configs as wc } from "eslint-plugin-wc";
import { defineConfig } from "eslint/config";
import tseslint from "typescript-eslint";

const typescript = ["**/*.ts"];
const anyCode = ["**/*.{ts,mjs}"];

export default defineConfig(
  { ignores: ["dist/", "coverage/", "node_modules/"] },
  { linterOptions: { reportUnusedDisableDirectives: "error" } },
  {
    files: anyCode,
    rules: {
      eqeqeq: "error",
      "no-var": "error",
      "prefer-const": "error",
      "object-shorthand": "error",
    },
  },
  { files: ["**/*.mjs"], languageOptions: { globals: globals.node } },
  { files: ["bench/**", "demo/**"], languageOptions: { globals: globals.browser } },
  {
    files: typescript,
    extends: [
      tseslint.configs.strictTypeChecked,
      tseslint.configs.stylisticTypeChecked,
      lit["flat/recommended"],
      litA11y.configs.recommended,
      wc["flat/recommended"],
      wc["flat/best-practice"],
    ],
    languageOptions: {
      parserOptions: {
        projectService: true,
        tsconfigRootDir: fileURLToPath(new URL("..", import.meta.url)),
      },
    },
    rules: {
      "@typescript-eslint/ban-ts-comment": [
        "error",
        { "ts-ignore": true, "ts-nocheck": true, minimumDescriptionLength: 10 },
      ],
      "@typescript-eslint/consistent-type-imports": [
        "error",
        { fixStyle: "separate-type-imports" },
      ],
      "@typescript-eslint/no-unused-vars": [
        "error",
        { argsIgnorePattern: "^_", varsIgnorePattern: "^_" },
      ],
      "@typescript-eslint/no-import-type-side-effects": "error",
      "@typescript-eslint/switch-exhaustiveness-check": [
        "error",
        { considerDefaultExhaustiveForUnions: true },
      ],
      // `() => void work()` and `(event) => this.#handle(event)` say what they mean.
      "@typescript-eslint/no-confusing-void-expression": ["error", { ignoreArrowShorthand: true }],
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      // Lit calls listeners with the element as `this`.
      "@typescript-eslint/unbound-method": "off",
      "@typescript-eslint/consistent-type-definitions": "off",
      "lit/no-template-map": "off",
      "lit/lifecycle-super": "error",
      "lit/no-this-assign-in-render": "error",
      "lit/prefer-static-styles": "error",
      "lit/no-legacy-imports": "error",
      // TypeScript knows a class by its fields; the element is told apart by its tag map.
      "wc/expose-class-on-global": "off",
      "wc/file-name-matches-element": "off",
      // TypeScript checks it, and across files.
      "wc/no-invalid-extends": "off",
    },
  },
  {
    files: ["src/**/*.ts"],
    rules: {
      "no-console": "error",
      "no-restricted-syntax": [
        "error",
        {
          selector:
            "CallExpression[callee.property.name='define'][callee.object.name='customElements']",
          message: "Importing a class has no side effect: only src/define/ registers.",
        },
        {
          selector: "Decorator > CallExpression[callee.name='customElement']",
          message: "Only src/define/ registers.",
        },
        { selector: "TSEnumDeclaration", message: "Use a union of strings." },
      ],
    },
  },
  { files: ["src/define/register.ts", "src/pages/*.ts"], rules: { "no-restricted-syntax": "off" } },
  {
    // Tests throw anything at the code, and say `!` about what they have just made.
    files: ["test/**/*.ts", "stories/**/*.ts"],
    rules: {
      "@typescript-eslint/no-non-null-assertion": "off",
      "@typescript-eslint/no-unused-expressions": "off",
      "@typescript-eslint/no-empty-function": "off",
      "@typescript-eslint/require-await": "off",
      "@typescript-eslint/no-floating-promises": [
        "error",
        {
          allowForKnownSafeCalls: [
            { from: "package", name: ["describe", "it", "test"], package: "vitest" },
            // @open-wc/testing declares `.to.equal(x)` as a promise, which it is not. `.to.be.accessible()` is one.
            { from: "package", name: ["Equal"], package: "chai" },
          ],
        },
      ],
      "wc/guard-define-call": "off",
      "wc/max-elements-per-file": "off",
      "wc/no-closed-shadow-root": "off",
      "@typescript-eslint/no-unnecessary-type-parameters": "off",
    },
  },
);
