// The demo and the stories import the package by its name, as a host does. Served from source, the name means `src/`.
import { fileURLToPath } from "node:url";

/** The names that mean a source, and its path on the server. */
export const sourcePaths = {
  "sx-call-kit": "/src/index.ts",
  "sx-call-kit/define": "/src/define.ts",
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
