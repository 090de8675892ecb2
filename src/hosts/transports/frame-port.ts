import { CallError } from "../../errors.ts";
import type { Transport } from "../bridge/envelope.ts";
import { exactOrigin } from "./app-object.ts";

/**
 * The end of `messagePort` in the page around the frame, for `CallPage`. A reloaded frame gets a new port.
 *
 * @param frame with `allow="camera; microphone; autoplay"` for the origin.
 * @param address a URL of the page in the frame. Messages of other origins are ignored.
 * @throws {CallError} `bad-argument` for a URL without an origin.
 */
export function framePort(frame: HTMLIFrameElement, address: string): Transport {
  const origin = exactOrigin(address);
  let listener: (text: unknown) => void = () => undefined;
  let port: MessagePort | null = null;
  let page: unknown;
  const onMessage = ({ source, origin: sender, data }: MessageEvent<unknown>) => {
    if (source !== frame.contentWindow || sender !== origin) return;
    if (
      typeof data !== "string" ||
      !/^sx-call-kit\/1 port [0-9a-f]{32}$/.test(data) ||
      data === page
    )
      return;
    page = data;
    port?.close();
    const { port1, port2 } = new MessageChannel();
    port = port1;
    port1.onmessage = ({ data: text }: MessageEvent<unknown>) => listener(text);
    frame.contentWindow?.postMessage(data, origin, [port2]);
  };
  addEventListener("message", onMessage);
  return {
    post(text) {
      if (port === null)
        throw new CallError("not-possible", "The page in the frame has not requested a port yet.");
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
