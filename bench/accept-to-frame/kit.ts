import "sx-call-kit/define";
import "./watch-connections.ts";
import {
  firstFrame,
  inTask,
  isCaller,
  longestTask,
  reaction,
  receive,
  send,
  start,
} from "./side.ts";

const view = document.createElement("sx-call-view");
view.contact = { id: "other", name: isCaller ? "Callee" : "Caller" };
view.addEventListener("sx-signal", ({ detail }) => {
  send(detail.message);
});
receive((message) => {
  view.receiveSignal(message);
});
document.body.append(view);

window.bench = {
  async call() {
    await view.startCall({ media: "video" });
    // A person is not quicker than a camera: the caller's picture is there when the callee accepts.
    await new Promise<void>((resolve) => {
      const look = () => {
        if (view.snapshot.local.camera.state === "on") resolve();
        else requestAnimationFrame(look);
      };
      look();
    });
  },
  ringing: new Promise((resolve) => {
    view.addEventListener("sx-incoming", () => {
      setTimeout(resolve, reaction);
    });
  }),
  accept: () =>
    inTask(() => {
      void view.acceptCall({ media: "video" });
    }),
  firstFrame,
  start,
  longestTask,
};
