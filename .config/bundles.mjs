// What .tools/build.mjs bundles: the entry of each script, page and module below `dist`, and the modules that others stand in for. What
// differs between two bundles is a module in src/pages/stand-ins, never the text of one.

/** Imports of the modules give those of the stand-in. */
const by = (standIn, modules) =>
  Object.fromEntries(modules.map((name) => [`${name}.js`, `pages/stand-ins/${standIn}.js`]));

/** A script is one piece: what an app with modules loads later is in it. */
const atOnce = by("chunks-at-once", [
  "elements/call-view/in-call/load-in-call-chunk",
  "elements/incoming-call/load-decline-texts",
  "elements/call-view/load-late-chunks",
]);

/** Modules that load files by URL next to the script. */
const besideScript = by("script-files", [
  "crypto/worker/shipped-worker",
  "crypto/agreement/load-key-shares-fallback",
]);

/** Classic scripts: `sx-call-kit.iife.js` is the kit for a page without modules, the others are next to it. */
export const scripts = {
  "sx-call-kit.iife.js": {
    entry: "pages/one-file.js",
    globalName: "SxCallKit",
    standIns: { ...atOnce, ...besideScript },
  },
  "sx-call-host.iife.js": { entry: "pages/host-file.js", globalName: "SxCallHost" },
  "sx-call-worker.js": { entry: "crypto/worker/worker.js" },
  "sx-call-sw.js": { entry: "hosts/notifications/call-notifications-worker.js" },
  "call.js": { entry: "pages/call.js" },
  "sx-call-key-shares.js": {
    entry: "crypto/agreement/key-shares-fallback.js",
    globalName: "SxCallKeyShares",
  },
};

/** The globals of the two scripts that export, and the modules whose exports they have. */
export const globals = {
  "sx-call-kit.iife.d.ts": ["SxCallKit", "./index.js"],
  "sx-call-host.iife.d.ts": [
    "SxCallHost",
    "./hosts/bridge/connect-host.js",
    "./hosts/transports/auto.js",
  ],
};

/** Modules of the package that are bundles themselves, and what stays outside of each. */
export const modules = {
  // Started by address.
  "crypto/worker/worker.js": {},
  // With its libraries in it, which most engines do not need, the package has three dependencies.
  "crypto/agreement/key-shares-fallback.js": {},
  // Bundles the wrapper of React components; React itself is the host's. Next renders a component with state on the client where its
  // module says so.
  "react.js": { external: ["react", /^\.\/(?:define|elements\/)/], banner: '"use client";' },
};

/** What the calls of other messengers do not have, or have in another way. */
const foreign = {
  ...by("unused-parts", [
    "media/devices/process-track",
    "crypto/agreement/resumption",
    "elements/incoming-call/load-decline-texts",
    "elements/call-view/note/note-offer",
    "elements/call-view/in-call/other-calls",
    "elements/words/optional-english",
    "elements/words/decline-english",
    "elements/call-view/text/text-watch",
    "controller/relay-times",
    "media/connection/relay-choice",
    "crypto/worker/shipped-worker",
    "crypto/agreement/load-key-shares-fallback",
    "call/rules/invitation",
    "call/rules/set-up",
    "elements/shared/property-readers",
    "elements/shared/read-records",
  ]),
  // What a page runs itself is in the worker that it carries.
  ...by("carried-worker", ["crypto/frames/frame-pipeline"]),
  ...by("foreign-calls", [
    "elements/call-view/in-call/load-in-call-chunk",
    "elements/call-view/load-late-chunks",
    "elements/call-view/behaviours/own-calls",
  ]),
};

/** In WebViews and in Electron; SimpleX's page for the desktop is one of a browser. */
const inApps = by("in-apps", [
  "elements/call-view/in-call/browser-buttons",
  "media/devices/screen-pause",
  "elements/words/browser-english",
  "elements/call-view/pictures/small-window",
  "elements/shared/outlive-window",
]);

/** No call of Delta Chat has a shared screen of the other side. */
const withoutScreens = by("unused-parts", [
  "elements/call-view/share/share-watch",
  "elements/words/share-english",
]);

/** The workers that pages carry. */
export const workers = ["compatible-worker", "transport-worker"];

/** Pages in one file: script, markup with its style, the worker that it carries, and what the policy allows besides these. */
export const pages = {
  "simplex/android/call.html": {
    entry: "pages/simplex-android.js",
    standIns: { ...foreign, ...inApps },
    worker: "compatible-worker",
    markup: "simplex/call.html",
    allowed: { img: "data: blob:" },
  },
  // It asks its own server whether it is there, and has a web socket with it. Older engines do not count that as 'self'.
  "simplex/desktop/call.html": {
    entry: "pages/simplex-desktop.js",
    standIns: { ...foreign },
    worker: "compatible-worker",
    markup: "simplex/call.html",
    allowed: { img: "data: blob:", connect: "'self' ws://localhost:* ws://127.0.0.1:*" },
  },
  // An app puts languages beside it, and names a picture by any address.
  "deltachat/index.html": {
    entry: "pages/deltachat.js",
    standIns: { ...foreign, ...inApps, ...withoutScreens },
    worker: "transport-worker",
    markup: "deltachat/index.html",
    allowed: { script: "'self'", img: "'self' https: data: blob:" },
  },
};
