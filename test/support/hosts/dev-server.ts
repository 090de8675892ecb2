import { serveShared } from "../interop/serve.ts";

/** The project's files over http on this machine; the program of the call page in one piece. */
export async function serveSources(): Promise<{ readonly origin: string }> {
  const { config } = await serveShared("test/support/hosts/page.ts");
  return { origin: `http://127.0.0.1:${config.port ?? 0}` };
}

/** The path of the page that hosts load. */
export const callPagePath = "/test/support/hosts/page.html";
