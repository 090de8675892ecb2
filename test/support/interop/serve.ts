import { fileURLToPath } from "node:url";
import { startDevServer } from "@web/dev-server";
import { bundledFiles } from "../../../.config/bundled-files.mjs";
import { sourcePaths } from "../../../.config/source-plugin.mjs";
import config from "../../../web-dev-server.config.mjs";

const root = fileURLToPath(new URL("../../..", import.meta.url));

export type Server = Awaited<ReturnType<typeof startDevServer>>;

/** By their programs: to bundle takes longer than many a test. They end with the process. */
const shared = new Map<string, Promise<Server>>();

/**
 * A server like that of `serve` that the files in one process share: nobody stops it.
 *
 * @param programs those of pages that are opened often, in the project: each is served in one piece.
 */
export function serveShared(...programs: readonly string[]): Promise<Server> {
  const name = programs.join(" ");
  const server = shared.get(name) ?? serve(programs);
  shared.set(name, server);
  return server;
}

/**
 * The project's dev server, but without watching: a file that is saved meanwhile would reload the pages. `--watch false` is true.
 *
 * @param programs those of pages that are opened often, in the project: each is served in one piece.
 * @param changes settings of the server.
 */
export function serve(programs: readonly string[] = [], changes: object = {}): Promise<Server> {
  const once = {
    logStartMessage: false,
    readCliArgs: false,
    readFileConfig: false,
    autoExitProcess: false,
  };
  const bundled = bundledFiles({
    root,
    files: programs.map((path) => `${root}${path}`),
    sources: sourcePaths,
  });
  const middleware = [...config.middleware, ...(programs.length > 0 ? [bundled] : [])];
  return startDevServer({
    ...once,
    config: { ...config, middleware, watch: false, open: false, ...changes },
  });
}

/** Program of each side of a call between two browsers. */
export const sideProgram = "test/support/interop/side.ts";
