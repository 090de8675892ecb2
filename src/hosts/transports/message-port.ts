import { CallError } from "../../errors.ts";
import { newName, type Transport } from "../bridge/envelope.ts";
import { exactOrigin } from "./app-object.ts";

/*
 * Connects a page in a frame to the page around it. The inner page requests a port by `postMessage` with the exact origin of
 * the outer one. The outer page answers with one end of a MessageChannel, which carries all messages (HTML Standard,
 * "Cross-document messaging").
 */

const asking = "sx-call-kit/1 port ";

/**
 * Creates the end in the frame.
 * @param address a URL of the page around it. Messages of other origins are ignored.
 * @throws {CallError} `bad-argument` for a URL without an origin.
 */
export function messagePort(address: string, outer: Window = parent): Transport {
  const origin = exactOrigin(address);
  const page = asking + newName();
  let listener: (text: unknown) => void = () => undefined;
  let port: MessagePort | null = null;
  const onMessage = ({ source, origin: sender, data, ports }: MessageEvent<unknown>) => {
    if (source !== outer || sender !== origin || data !== page || port !== null) return;
    port = ports[0] ?? null;
    if (port !== null) port.onmessage = ({ data: text }: MessageEvent<unknown>) => listener(text);
  };
  addEventListener("message", onMessage);
  return {
    post(text) {
      if (port === null) {
        outer.postMessage(page, origin);
        throw new CallError("not-possible", "The page around this frame has not answered yet.");
      }
      port.postMessage(text);
    },
    onText(given) {
      listener = given;
      return () => (listener = () => undefined);
    },
    close() {
      removeEventListener("message", onMessage);
      port?.close();
    },
  };
}
