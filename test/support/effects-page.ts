import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { extname } from "node:path";

const packages = new URL("../../node_modules/", import.meta.url);
const noise = "@sapphi-red/web-noise-suppressor/dist/";
const vision = "@mediapipe/tasks-vision/";

/** What a host copies into the folder of the effects. The model with its metadata is in no package of its own. */
const files: Readonly<Record<string, string>> = {
  "vision_bundle.mjs": `${vision}vision_bundle.mjs`,
  "vision_wasm_module_internal.js": `${vision}wasm/vision_wasm_module_internal.js`,
  "vision_wasm_module_internal.wasm": `${vision}wasm/vision_wasm_module_internal.wasm`,
  "selfie_segmenter.tflite":
    "@twilio/video-processors/dist/build/selfie_segmentation_landscape.tflite",
  "rnnoiseWorklet.js": `${noise}rnnoise/workletProcessor.js`,
  "rnnoise.wasm": `${noise}rnnoise.wasm`,
  "rnnoise_simd.wasm": `${noise}rnnoise_simd.wasm`,
};

const types: Readonly<Record<string, string>> = {
  ".html": "text/html",
  ".js": "text/javascript",
  ".mjs": "text/javascript",
  ".wasm": "application/wasm",
};

/** The page of a host with both effects, as built: `/` has two views of the one file and both entries as `effects`. */
const page = `<!doctype html>
<meta charset="utf-8" />
<title>A call with effects</title>
<style>
  body { margin: 0; display: grid; grid-template-columns: 1fr 1fr; height: 100vh }
</style>
<script type="importmap">
  { "imports": { "@sapphi-red/web-noise-suppressor": "/packages/${noise}index.js" } }
</script>
<script src="/dist/sx-call-kit.iife.js"></script>
<sx-call-view></sx-call-view><sx-call-view></sx-call-view>
<script type="module">
  import { backgroundBlur } from "/dist/effects/background.js";
  import { noiseSuppression } from "/dist/effects/noise.js";
  globalThis.effects = { backgroundBlur, noiseSuppression };
</script>`;

/** Serves the built kit and the effects' files on loopback. */
export async function serveEffects(): Promise<{ readonly origin: string; stop(): void }> {
  const dist = new URL("../../dist/", import.meta.url);
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? "/", "http://localhost").pathname;
    const [, folder = "", ...rest] = path.split("/");
    const name = rest.join("/");
    const copied = files[name];
    const at =
      folder === "dist"
        ? new URL(name, dist)
        : folder === "packages"
          ? new URL(name, packages)
          : copied === undefined
            ? null
            : new URL(copied, packages);
    const body = path === "/" ? Promise.resolve(page) : at === null ? null : readFile(at);
    response.setHeader(
      "content-type",
      path === "/" ? "text/html" : (types[extname(name)] ?? "application/octet-stream"),
    );
    void Promise.resolve(body).then(
      (content) => {
        if (content === null) response.statusCode = 404;
        response.end(content ?? undefined);
      },
      () => {
        response.statusCode = 404;
        response.end();
      },
    );
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return { origin: `http://127.0.0.1:${String(port)}`, stop: () => void server.close() };
}
