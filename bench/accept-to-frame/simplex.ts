import "sx-call-kit/define";
import { SimplexHost } from "../../src/hosts/simplex/simplex-host.ts";
import { SimplexApp } from "../../test/support/simplex/app.ts";
import type { ChatMessage } from "../../test/support/simplex/chat.ts";
import { compatibleWorkerUrl } from "../../test/support/simplex-kit.ts";
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

/*
 * The kit's page in an app of SimpleX: the app's commands and keys, the offer after accept, candidates in the descriptions. The messages
 * between the apps take the bench's channel.
 */

const view = document.createElement("sx-call-view");
view.contact = { id: "other", name: isCaller ? "Callee" : "Caller" };
document.body.append(view);

const app = await SimplexApp.open(({ receive: toApp }) => {
  const host = new SimplexHost(
    (message) => {
      queueMicrotask(() => toApp(JSON.parse(JSON.stringify(message))));
    },
    { workerUrl: compatibleWorkerUrl },
  );
  view.calls = host;
  return {
    processCommand: (message) => {
      host.processCommand(JSON.parse(JSON.stringify(message)));
    },
    close: () => {
      host.close();
    },
  };
});
app.sendChat = send;
receive((message) => {
  app.receiveChat(message as ChatMessage);
});

window.bench = {
  async call() {
    app.call("video");
    // Its page has opened the devices by then: the caller's picture is there when the callee accepts, as with the kit's own protocol.
    await app.until("InvitationSent");
  },
  ringing: app
    .untilThat(() => app.isRinging)
    .then(() => new Promise((resolve) => setTimeout(resolve, reaction))),
  accept: () =>
    inTask(() => {
      app.accept();
    }),
  firstFrame,
  start,
  longestTask,
};
