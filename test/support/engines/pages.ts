// Serves the pages of the engine tests: the call by the built file, the states from source.
import { createServer } from "node:http";
import { readFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = fileURLToPath(new URL("../../..", import.meta.url));

/** Two views of one page that signal to each other through the host's script. */
const callPage = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="data:,">
<style>body { margin: 0; display: flex; height: 100vh; font-family: sans-serif } sx-call-view { flex: 1 }</style>
<sx-call-view></sx-call-view>
<sx-call-view></sx-call-view>
<script src="/dist/sx-call-kit.iife.js"></script>
<script>
  const views = [...document.querySelectorAll("sx-call-view")];
  views.forEach((view, index) => {
    const other = views[1 - index];
    view.contact = { id: String(index), name: ["Bob", "Ann"][index] };
    view.addEventListener("sx-signal", ({ detail }) => {
      const text = JSON.stringify(detail.message);
      setTimeout(() => other.receiveSignal(JSON.parse(text)));
    });
  });
  // The button with that name in the nth view, as a person finds it.
  const buttonOf = (index, name, from = views[index].shadowRoot) => {
    for (const element of from.querySelectorAll("*")) {
      if (element.localName === "button" && (element.getAttribute("aria-label") || element.textContent.trim()) === name) return element;
      const inner = element.shadowRoot && buttonOf(index, name, element.shadowRoot);
      if (inner) return inner;
    }
    return null;
  };
</script>`;

const statesPage = `<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<body style="margin: 0"></body><script src="/states.js"></script>`;

export interface EnginePages {
  /** Without a slash at the end. */
  readonly origin: string;
  stop(): void;
}

async function scriptOf(entry: string, target: string, globalName?: string): Promise<string> {
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: [entry],
    bundle: true,
    write: false,
    format: "iife",
    target,
    tsconfig: "tsconfig.json",
    define: { "import.meta.url": "location.href" },
    logLevel: "error",
    ...(globalName !== undefined && { globalName }),
  });
  return outputFiles[0]?.text ?? "";
}

/** @param target the oldest engine as a compiler's target: what an app would build for it. */
export async function serveEnginePages(target: string): Promise<EnginePages> {
  const script = await scriptOf("test/support/engines/states.ts", target);
  // In engines below the floor, too.
  const measuring = await scriptOf("test/support/readability.ts", "chrome80", "readability");
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? "/", "http://localhost");
    const send = (type: string, body: string | Buffer) => {
      response.writeHead(200, { "content-type": `${type}; charset=utf-8` }).end(body);
    };
    if (pathname === "/call") send("text/html", callPage);
    else if (pathname === "/states") send("text/html", statesPage);
    else if (pathname === "/states.js") send("text/javascript", script);
    else if (pathname === "/readability.js") send("text/javascript", measuring);
    else if (/^\/dist\/sx-call-[a-z-]+(?:\.iife)?\.js$/.test(pathname))
      send("text/javascript", readFileSync(`${root}${pathname.slice(1)}`));
    else response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${String(port)}`,
    stop() {
      server.closeAllConnections();
      server.close();
    },
  };
}
