import { fileURLToPath } from "node:url";
import { esbuildPlugin } from "@web/dev-server-esbuild";
import { loopback } from "./.config/loopback.mjs";
import { sourcePlugin } from "./.config/source-plugin.mjs";
import { roomRelay } from "./demo/room-relay.mjs";

const rootDir = fileURLToPath(new URL(".", import.meta.url));

/** Returns `true` to open a browser: not in CI, in a container, or over SSH. */
function hasScreen() {
  const { CI, SSH_CONNECTION, DISPLAY, WAYLAND_DISPLAY } = process.env;
  if (!process.stdout.isTTY || CI || SSH_CONNECTION) return false;
  return process.platform !== "linux" || Boolean(DISPLAY || WAYLAND_DISPLAY);
}

/** Returns `true` for a path with a part that begins with a dot, possibly encoded. */
function isHidden(path) {
  try {
    return /[\\/]\./.test(decodeURIComponent(path));
  } catch {
    return true;
  }
}

export default {
  rootDir,
  // Also a secure context, which getUserMedia and WebCrypto require.
  hostname: loopback,
  open: hasScreen() && "/demo/",
  watch: true,
  nodeResolve: true,
  middleware: [
    // With `--lan` other machines have access: files that begin with a dot (the history in `.git`) are not served.
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
