import type * as hostFile from "./host-file.ts";

/*
 * Script of `call.html`, a ready page for an app. It connects the view to the surrounding app. The two files are loaded
 * before it. The page provides what cannot be detected: `<html data-frame-origin="https://…">` in a frame, and a web socket's
 * token in the fragment of the URL.
 */
declare const SxCallHost: typeof hostFile;

try {
  const view = document.querySelector("sx-call-view");
  const { frameOrigin } = document.documentElement.dataset;
  const { hash, host, protocol } = location;
  const socket = hash && {
    url: `${protocol === "https:" ? "wss" : "ws"}://${host}/`,
    token: hash.slice(1),
  };
  const transport = SxCallHost.auto({
    ...(frameOrigin && { frameOrigin }),
    ...(socket && host && { socket }),
  });
  if (view) SxCallHost.connectHost(view, { transport });
} catch (thrown) {
  // For app developers: within an app this is never visible. The class of the error belongs to another script.
  const { code, message } = thrown as { code?: string; message?: string };
  const problem = document.querySelector("#problem");
  if (problem) problem.textContent = `${code ?? "internal"}: ${message ?? ""}`;
}
