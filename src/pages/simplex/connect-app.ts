import { AppSocket } from "../../hosts/simplex/app-socket.ts";
import type { AppAnswer, AppSocketPorts, SocketStatus } from "../../hosts/simplex/app-socket.ts";
import { element } from "../simplex-page.ts";
import type { SimplexPage } from "../simplex-page.ts";
import { socketWords } from "./socket-words.ts";
import type { Notice } from "./socket-words.ts";

/** Milliseconds for a browser to close the tab, if it allows the page to. */
const closeMilliseconds = 500;

/** Connects the desktop's page to its app by a web socket with the query of the page, and shows its state. */
export function connectApp(page: SimplexPage): void {
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
  switch (status.state) {
    case "connecting":
      break;
    case "open":
      element("#socket").hidden = true;
      break;
    default:
      showNotice(socketWords[status.state][status.problem], status.state === "given-up");
  }
}

function showNotice({ title, text }: Notice, canTry: boolean): void {
  element("#socket-title").textContent = title;
  element("#socket-text").textContent = text;
  element("#socket-again").hidden = !canTry;
  element("#socket").hidden = false;
}
