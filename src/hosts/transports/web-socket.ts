import { CallError } from "../../errors.ts";
import type { Transport } from "../bridge/transport.ts";

/**
 * A web socket to an app on the same machine, for a page in the person's browser. The first text is the token. The app checks
 * token and `Origin` before it sends anything, because any site could connect (RFC 6455 section 10.2). It answers `ping` with
 * `pong`.
 *
 * @param token secret that the app has given to this page only. Never part of the URL: URLs are logged.
 */
export function webSocket(url: string | URL, token: string): Transport {
  let listener: (text: unknown) => unknown = () => undefined;
  let isAlive = true;
  const connect = (old?: WebSocket) => {
    old?.close();
    const opened = new WebSocket(url);
    opened.onopen = () => opened.send(token);
    opened.onmessage = ({ data }: MessageEvent<unknown>) =>
      data === "pong" ? (isAlive = true) : listener(data);
    return opened;
  };
  let socket = connect();
  // Without a ping, a broken connection counts as open for minutes. Three seconds are ample on one machine.
  const beat = setInterval(() => {
    if (isAlive && socket.readyState === WebSocket.OPEN) socket.send("ping");
    else socket = connect(socket);
    isAlive = socket.readyState !== WebSocket.OPEN;
  }, 3000);
  return {
    post(text) {
      if (socket.readyState !== WebSocket.OPEN)
        throw new CallError("not-possible", "The web socket is not open.");
      socket.send(text);
    },
    onText: (heard) => ((listener = heard), () => (listener = () => undefined)),
    close() {
      clearInterval(beat);
      socket.close();
    },
  };
}
