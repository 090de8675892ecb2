import type { SimplexReply } from "../hosts/simplex/messages.ts";
import { SimplexHost } from "../hosts/simplex/simplex-host.ts";
import type { PageCommand, SimplexHostOptions } from "../hosts/simplex/simplex-host.ts";
import { SxCallView } from "../elements/call-view/call-view.ts";

/*
 * What the Android page and the desktop page have in common: a call view, the app's words around it, and the two globals by which the
 * app speaks to the page. They are assigned and called by name from outside: both can be read and assigned at any time.
 */

declare global {
  /** Called by the app with a message, `{corrId?, command}`. */
  var processCommand: (message: unknown) => void;
  /** Assigned by Android's app once the page has loaded; called by the page with every message. */
  var sendMessageToNative: (message: SimplexReply) => void;
}

/** What one of the two pages does otherwise than the other. */
export interface SimplexPageOptions {
  readonly host: SimplexHostOptions;
  /** Whether the app draws its own buttons over the page. */
  readonly hideControls: boolean;
}

export interface SimplexPage {
  readonly host: SimplexHost;
  /** Takes a message of the app from a way of its own: an object, or its JSON text. */
  take(message: unknown): void;
  /** Whether the app's last command of a call was to end it. */
  wasEnded(): boolean;
}

/** The most messages that wait for the app to say how it takes them. */
const maxWaiting = 256;

/** Sets the page up: the elements of `call.html` and the globals. */
export function startPage({ host: options, hideControls }: SimplexPageOptions): SimplexPage {
  const view = element("sx-call-view");
  if (!(view instanceof SxCallView)) throw new TypeError("The call view is not registered.");
  const host = new SimplexHost(
    (message) => {
      // By its name, at this moment: the app may have put its own in the place of ours.
      globalThis.sendMessageToNative(message);
    },
    {
      // For an app that wants no call which is not encrypted between its two ends: `<html data-require-key>`.
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

/** A `sendMessageToNative` that keeps what is said until the app has brought its own. */
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

/** What the app wants to be seen besides the call. */
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
      // There is nothing to press in a call that has no microphone.
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

/** Chromium names Safari, too. */
function isSafari(): boolean {
  const { userAgent } = navigator;
  return userAgent.includes("Safari/") && !/Chrom(?:e|ium)\/|Android/.test(userAgent);
}

/** A part of `call.html`, which is made for this script. */
export function element(selector: string): HTMLElement {
  const found = document.querySelector<HTMLElement>(selector);
  if (found === null) throw new TypeError(`call.html has no ${selector}`);
  return found;
}
