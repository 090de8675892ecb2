// The globals by which an app speaks to its page; of the kit's page, and the same here.
import type {} from "../../../src/pages/simplex-page.ts";
import { SimplexPage } from "../simplex/peer.ts";
import type { HostMessage } from "../simplex/protocol.ts";

/** SimpleX's own page as the test peer plays it, in a browser of its own and spoken to as Android's app does it. */
const page = new SimplexPage({}, (message) => {
  // The peer sends documented messages only.
  globalThis.sendMessageToNative(message as Parameters<typeof sendMessageToNative>[0]);
});
globalThis.sendMessageToNative = () => undefined;
globalThis.processCommand = (message) => {
  void page.processCommand(message as HostMessage);
};
