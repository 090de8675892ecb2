import "sx-call-kit/define";
import type { CallMedia } from "sx-call-kit";

const query = new URLSearchParams(location.search);
const isCaller = query.get("side") === "caller";
const media: CallMedia = query.get("media") === "video" ? "video" : "audio";
const channel = new BroadcastChannel(query.get("call") ?? "");

const view = document.createElement("sx-call-view");
view.contact = { id: "other", name: isCaller ? "Callee" : "Caller" };
view.volume = 0;
view.addEventListener("sx-signal", ({ detail }) => {
  channel.postMessage(detail.message);
});
channel.addEventListener("message", ({ data }) => {
  view.receiveSignal(data);
});
view.addEventListener("sx-incoming", () => void view.acceptCall({ media }));
document.body.append(view);

const longTasks: number[] = [];
new PerformanceObserver((list) =>
  longTasks.push(...list.getEntries().map(({ duration }) => duration)),
).observe({
  type: "longtask",
});

function microphone(): HTMLButtonElement {
  const controls = view.shadowRoot?.querySelector("sx-call-controls");
  const button = controls?.shadowRoot?.querySelector<HTMLButtonElement>('[part~="microphone"]');
  if (!button) throw new Error("There is no microphone button.");
  return button;
}

const page = {
  start: () => view.startCall({ media }),
  isProtected: () => view.snapshot.protection.status === "protected",
  /** Forgets the long tasks so far. @returns those since the last look, in milliseconds. */
  longTasks: () => longTasks.splice(0),
  /** Presses the microphone button. @returns how long until it is painted in its other state, in milliseconds. */
  async tap(): Promise<number> {
    const before = microphone().ariaPressed;
    const start = performance.now();
    microphone().click();
    while (microphone().ariaPressed === before)
      await new Promise((resolve) => requestAnimationFrame(resolve));
    // The frame that was asked for now is painted after the one with the change.
    await new Promise((resolve) => requestAnimationFrame(resolve));
    return performance.now() - start;
  },
};

declare global {
  interface Window {
    screenBench: typeof page;
  }
}
window.screenBench = page;
