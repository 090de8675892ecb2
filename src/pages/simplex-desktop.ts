import "./styles.ts";
import { SxCallControls } from "../elements/call-controls/call-controls.ts";
import { SxCallView } from "../elements/call-view/call-view.ts";
import { SxDeviceMenu } from "../elements/device-menu/device-menu.ts";
import { SxSecurityCode } from "../elements/security-code/security-code.ts";
import {
  AppSocket,
  type AppAnswer,
  type AppSocketPorts,
  type SocketStatus,
  type SocketProblem,
} from "../hosts/simplex/app-socket.ts";
import { inlinedWorker } from "./stand-ins/carried-worker.ts";
import { startPage, waitForNative, element, type SimplexPage } from "./simplex-page.ts";

/*
 * Call page of SimpleX's desktop app in the person's browser: the whole call view with its buttons. It connects to the app by a
 * web socket to its own host. The URL of the page contains the app's token, which is passed on in the query of the socket. It
 * stays in the URL for reloads, and goes nowhere else.
 */

/** Milliseconds for a browser to close the tab, if it allows the page to. */
const closeMilliseconds = 500;

/** Connects the desktop's page to its app by a web socket with the query of the page, and shows its state. */
function connectApp(page: SimplexPage): void {
  const help = element("#permission");
  const again = element("#socket-again");
  const socket = new AppSocket(ports, {
    opened(send) {
      otherTabs.postMessage("opened");
      globalThis.sendMessageToNative = (message) => {
        send(JSON.stringify(message));
      };
    },
    received: (data) => {
      page.take(data);
    },
    closed() {
      const isDone = isOver(page);
      // The help for a refused permission must stay readable after the call that needed it.
      const isHelpShown = !help.hidden;
      page.take({ command: { type: "end" } });
      help.hidden = !isHelpShown;
      if (isDone) leave();
      return isDone;
    },
    changed: show,
  });
  const otherTabs = new BroadcastChannel("sx-call-kit simplex page");
  otherTabs.addEventListener("message", () => {
    socket.giveWay();
  });
  again.textContent = socketWords.again;
  again.addEventListener("click", () => {
    socket.retry();
  });
  socket.connect();
}

const ports: AppSocketPorts = {
  open: () =>
    new WebSocket(
      `${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/${location.search}`,
    ),
  async ask(): Promise<AppAnswer> {
    try {
      const response = await fetch(location.pathname + location.search, {
        cache: "no-store",
        redirect: "error",
        referrerPolicy: "no-referrer",
      });
      void response.body?.cancel();
      return response.status === 401 || response.status === 403 ? "refuses" : "accepts";
    } catch {
      return "silent";
    }
  },
  setTimer(milliseconds, ring) {
    const timer = setTimeout(ring, milliseconds);
    return () => {
      clearTimeout(timer);
    };
  },
};

/** Returns `true` where nothing is left to read: the call ended without a problem, or the app ended one that had not begun. */
function isOver({ host, wasEnded }: SimplexPage): boolean {
  const { state, ending } = host.snapshot;
  return state === "ended" ? ending?.problem === null : state === "idle" && wasEnded();
}

/** Closes the tab after a call, like SimpleX's page. Browsers may refuse it for a tab opened by a person. */
function leave(): void {
  globalThis.close();
  setTimeout(showNotice, closeMilliseconds, socketWords.over, false);
}

function show(status: SocketStatus): void {
  const { state } = status;
  if (state === "open") element("#socket").hidden = true;
  else if (state !== "connecting")
    showNotice(socketWords[state][status.problem], state === "given-up");
}

function showNotice({ title, text }: Notice, canTry: boolean): void {
  element("#socket-title").textContent = title;
  element("#socket-text").textContent = text;
  element("#socket-again").hidden = !canTry;
  element("#socket").hidden = false;
}

/** A headline and an advice. */
interface Notice {
  readonly title: string;
  readonly text: string;
}

/**
 * Texts of the desktop's page about its socket, in English like the whole page. The app's own texts arrive translated in
 * `description`.
 */
const socketWords: {
  readonly retrying: Readonly<Record<SocketProblem, Notice>>;
  readonly "given-up": Readonly<Record<SocketProblem, Notice>>;
  readonly over: Notice;
  readonly again: string;
} = {
  retrying: {
    closed: {
      title: "The app closed its connection to this page",
      text: "A call that was on has ended. Trying to reach the app again…",
    },
    refused: {
      title: "The app does not accept this page any more",
      text: "Trying again…",
    },
    silent: {
      title: "The app does not answer",
      text: "Trying again…",
    },
    replaced: {
      title: "This page is open in another tab",
      text: "Trying again…",
    },
  },
  "given-up": {
    closed: {
      title: "The app closed its connection to this page",
      text: "Call again from the app. You can close this tab.",
    },
    refused: {
      title: "The app does not accept this page any more",
      text: "Its address is from an earlier start of the app. Call again from the app: it opens a new page. You can close this tab.",
    },
    silent: {
      title: "The app does not answer",
      text: "Check that the app is running, and call again from there. You can close this tab.",
    },
    replaced: {
      title: "This page is open in another tab",
      text: "Go on there. You can close this tab.",
    },
  },
  over: {
    title: "The call has ended",
    text: "You can close this tab.",
  },
  again: "Try again",
};

customElements.define(SxCallView.tagName, SxCallView);
customElements.define(SxCallControls.tagName, SxCallControls);
customElements.define(SxSecurityCode.tagName, SxSecurityCode);
customElements.define(SxDeviceMenu.tagName, SxDeviceMenu);
waitForNative();
const page = startPage({ hideControls: false, host: { workerUrl: inlinedWorker() } });
// A page of another site that frames this one would have its visitor press on it unseen. No `meta` can forbid that (CSP `frame-ancestors`).
const isFramed = globalThis.top !== globalThis.self;
if (!isFramed && /^https?:$/.test(location.protocol)) connectApp(page);
