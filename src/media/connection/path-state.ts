import type { PathState } from "../../call/terms.ts";

/**
 * Reports the state of a connection's path. Where the other side has ended DTLS (RFC 8446 section 6.1), nothing can be sent or heard over it
 * any more, but W3C WebRTC counts an ended transport among the connected ones: reported as `failed`. Seen where Firefox gave its search up,
 * and where the other side's page has gone.
 */
export function watchPath(connection: RTCPeerConnection, report: (path: PathState) => void): void {
  const look = () => {
    const { connectionState: path, sctp } = connection;
    // Another one once both descriptions have been applied: until then each line has its own.
    const transport = sctp?.transport;
    transport?.addEventListener("statechange", look);
    if (path !== "closed")
      report(path === "connected" && transport?.state === "closed" ? "failed" : path);
  };
  connection.addEventListener("connectionstatechange", look);
}
