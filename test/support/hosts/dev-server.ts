import { startDevServer } from "@web/dev-server";
import config from "../../../web-dev-server.config.mjs";

/** The project's files over http on this machine, on a port of its own. */
export async function serveSources(): Promise<{ readonly origin: string; stop(): Promise<void> }> {
  const once = {
    logStartMessage: false,
    readCliArgs: false,
    readFileConfig: false,
    autoExitProcess: false,
  };
  const server = await startDevServer({
    ...once,
    config: { ...config, watch: false, open: false },
  });
  return {
    origin: `http://127.0.0.1:${server.config.port ?? 0}`,
    async stop() {
      await server.stop();
    },
  };
}

/** The path of the page that hosts load. */
export const callPagePath = "/test/support/hosts/page.html";
