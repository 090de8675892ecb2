import type * as hostFile from "./host-file.ts";

/*
 * The script of `call.html`, a ready page for an app: it joins the view to what it finds around it. The two files are loaded before it.
 * What nobody can find out by looking is told by the page: `<html data-frame-origin="https://…">` of a page in a frame, and the token of
 * an app's web socket behind the `#` of the address.
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
  // For who builds an app: with the app around it, nobody sees this. The class of the error is of another script.
  const { code, message } = thrown as { code?: string; message?: string };
  const problem = document.querySelector("#problem");
  if (problem) problem.textContent = `${code ?? "internal"}: ${message ?? ""}`;
}
