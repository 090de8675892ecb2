import { fileURLToPath } from "node:url";
import { esbuildPlugin } from "@web/dev-server-esbuild";
import { loopback } from "./.config/loopback.mjs";
import { sourcePlugin } from "./.config/source-plugin.mjs";
import { roomRelay } from "./demo/room-relay.mjs";

const rootDir = fileURLToPath(new URL(".", import.meta.url));

/** A browser is opened for somebody who sits there: not in CI, not in a container, not over SSH. */
function hasScreen() {
  const { CI, SSH_CONNECTION, DISPLAY, WAYLAND_DISPLAY } = process.env;
  if (!process.stdout.isTTY || CI || SSH_CONNECTION) return false;
  return process.platform !== "linux" || Boolean(DISPLAY || WAYLAND_DISPLAY);
}

/** Whether a part of the address begins with a dot; the address may hide that by its encoding. */
function isHidden(path) {
  try {
    return /[\\/]\./.test(decodeURIComponent(path));
  } catch {
    return true;
  }
}

export default {
  rootDir,
  // Also a secure context, which getUserMedia and WebCrypto demand.
  hostname: loopback,
  open: hasScreen() && "/demo/",
  watch: true,
  nodeResolve: true,
  middleware: [
    // With `--lan` others ask, too: what begins with a dot (the history in `.git`) is none of a page's.
    (context, next) => (isHidden(context.path) ? undefined : next()),
    (context, next) => {
      if (context.path !== "/") return next();
      context.redirect("/demo/");
    },
  ],
  plugins: [
    sourcePlugin(),
    roomRelay(),
    esbuildPlugin({ ts: true, tsconfig: `${rootDir}tsconfig.json` }),
  ],
};
