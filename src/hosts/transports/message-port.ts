import { CallError } from "../../errors.ts";
import { newName } from "../bridge/envelope.ts";
import type { Transport } from "../bridge/transport.ts";
import { exactOrigin } from "./exact-origin.ts";

/*
 * A page in a frame and the page around it. The inner one asks by `postMessage` with the exact origin of the outer one, and gets an end
 * of a MessageChannel that nobody else can reach; the windows themselves carry nothing more (WHATWG HTML, "Cross-document messaging").
 */

const asking = "sx-call-kit/1 port ";

/**
 * The end in the frame.
 * @param address an address of the page around it: messages of any other origin are not heard.
 * @throws {CallError} `bad-argument` for one without an origin.
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
    onText(heard) {
      listener = heard;
      return () => (listener = () => undefined);
    },
    close() {
      removeEventListener("message", onMessage);
      port?.close();
    },
  };
}
