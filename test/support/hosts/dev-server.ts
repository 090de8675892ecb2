import { serve } from "../interop/serve.ts";

/** The project's files over http on this machine, on a port of its own; the program of the call page in one piece. */
export async function serveSources(): Promise<{ readonly origin: string; stop(): Promise<void> }> {
  const server = await serve(["test/support/hosts/page.ts"]);
  return {
    origin: `http://127.0.0.1:${server.config.port ?? 0}`,
    async stop() {
      await server.stop();
    },
  };
}

/** The path of the page that hosts load. */
export const callPagePath = "/test/support/hosts/page.html";
