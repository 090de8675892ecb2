import type { SimplexReply } from "../hosts/simplex/messages.ts";
import { SimplexHost } from "../hosts/simplex/simplex-host.ts";
import type { PageCommand, SimplexHostOptions } from "../hosts/simplex/simplex-host.ts";
import { SxCallView } from "../elements/call-view/call-view.ts";

/*
 * Shared by the Android and the desktop page: a call view, the app's texts around it, and the two globals of the app's
 * interface. The app assigns and calls them by name at any time.
 */

declare global {
  /** Called by the app with a message, `{corrId?, command}`. */
  var processCommand: (message: unknown) => void;
  /** Assigned by the Android app after the page has loaded. The page calls it with every message. */
  var sendMessageToNative: (message: SimplexReply) => void;
}

/** Differences between the two pages. */
export interface SimplexPageOptions {
  readonly host: SimplexHostOptions;
  /** `true` where the app draws its own buttons over the page. */
  readonly hideControls: boolean;
}

export interface SimplexPage {
  readonly host: SimplexHost;
  /** Handles a message of the app from another transport: an object, or its JSON text. */
  take(message: unknown): void;
  /** Returns `true` where the app's last command ended the call. */
  wasEnded(): boolean;
}

/** Maximum number of messages that wait for `sendMessageToNative`. */
const maxWaiting = 256;

/** Sets up the page: elements of `call.html`, and the globals. */
export function startPage({ host: options, hideControls }: SimplexPageOptions): SimplexPage {
  const view = element("sx-call-view");
  if (!(view instanceof SxCallView)) throw new TypeError("The call view is not registered.");
  const host = new SimplexHost(
    (message) => {
      // Looked up now, because the app may have replaced it.
      globalThis.sendMessageToNative(message);
    },
    {
      // For an app that requires end-to-end encryption: `<html data-require-key>`.
      requireKey: document.documentElement.dataset.requireKey !== undefined,
      ...options,
    },
  );
  view.contact = { id: "", name: view.contactName };
  view.hideControls = hideControls;
  view.calls = host;
  let wasEnded = false;
  host.onPageCommand = (command) => {
    if (command.type === "end") wasEnded = true;
    show(command, view, hideControls);
  };
  const take = (message: unknown) => {
    host.processCommand(message);
  };
  globalThis.processCommand = take;
  return { host, take, wasEnded: () => wasEnded };
}

/** Installs a `sendMessageToNative` that queues messages until the app assigns its own. */
export function waitForNative(): void {
  const waiting: SimplexReply[] = [];
  const wait = (message: SimplexReply) => {
    if (waiting.length < maxWaiting) waiting.push(message);
  };
  let current = wait;
  Object.defineProperty(globalThis, "sendMessageToNative", {
    configurable: true,
    enumerable: true,
    get: () => current,
    set(native: typeof wait) {
      current = native;
      for (const message of waiting.splice(0)) native(message);
    },
  });
}

/** Shows what the app wants to display besides the call. */
function show(command: PageCommand, view: SxCallView, hideControls: boolean): void {
  const help = element("#permission");
  switch (command.type) {
    case "description":
      element("#state").textContent = command.state;
      element("#description").textContent = command.description;
      break;
    case "layout":
      view.pictures =
        command.layout === "default" ? "all" : command.layout === "localVideo" ? "local" : "remote";
      break;
    case "permission":
      element("#permission-title").textContent = command.title;
      element("#permission-text").textContent = isSafari() ? command.safari : command.chrome;
      help.hidden = false;
      // A call without a microphone has nothing to press.
      view.hideControls = true;
      break;
    case "end":
      for (const name of ["#state", "#description"]) element(name).textContent = "";
      help.hidden = true;
      view.hideControls = hideControls;
      view.pictures = "all";
      break;
  }
}

/** Chromium's user agent contains Safari, too. */
function isSafari(): boolean {
  const { userAgent } = navigator;
  return userAgent.includes("Safari/") && !/Chrom(?:e|ium)\/|Android/.test(userAgent);
}

/** Returns an element of `call.html`, which belongs to this script. */
export function element(selector: string): HTMLElement {
  const found = document.querySelector<HTMLElement>(selector);
  if (found === null) throw new TypeError(`call.html has no ${selector}`);
  return found;
}
