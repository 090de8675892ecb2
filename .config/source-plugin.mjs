// The demo and the stories import the package by its name, as a host does. Served from source, the name means `src/`.
import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";

const locales = "src/elements/words/locales";

/** The names that mean a source, and its path on the server. */
export const sourcePaths = {
  "sx-call-kit": "/src/index.ts",
  "sx-call-kit/define": "/src/define.ts",
  "sx-call-kit/worker": "/src/crypto/worker/worker.ts",
  ...Object.fromEntries(
    readdirSync(new URL(`../${locales}`, import.meta.url)).map((file) => [
      `sx-call-kit/locales/${file.replace(/\.ts$/, "")}`,
      `/${locales}/${file}`,
    ]),
  ),
};

/** For @web/dev-server and @web/test-runner. */
export function sourcePlugin() {
  return {
    name: "package-from-source",
    resolveImport: ({ source }) => sourcePaths[source],
  };
}

/** For Vite. */
export function sourceAliases() {
  return Object.entries(sourcePaths).map(([name, path]) => ({
    find: new RegExp(`^${name}$`),
    replacement: fileURLToPath(new URL(`..${path}`, import.meta.url)),
  }));
}
