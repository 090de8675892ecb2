// The relay behind `/demo/room.html`: rooms of two, by a random id that is in their link. It hands on bytes that it cannot read (their
// key is in the link's fragment, which no browser sends), keeps nothing and logs nothing.
import { WebSocketServer } from "ws";

/** Where the relay listens, on the server of the demo. */
export const relayPath = "/demo/room-relay";

/** Why a page was refused, as the code of W3C `CloseEvent`: 4000 to 4999 are an application's own (RFC 6455 section 7.4.2). */
export const roomIsFull = 4001;

/** 16 bytes as base64url: nobody guesses one, and nothing else is taken for one. */
const roomId = /^[\w-]{22}$/;

const defaults = {
  /** Bytes. A sealed message of the kit has at most 33 kB: `src/signalling/limits.ts`. */
  messageSize: 65_536,
  /** Messages at once, and messages a second after that. A call sets itself up with about twenty. */
  burst: 100,
  perSecond: 20,
  rooms: 200,
  /** Bytes that may wait for a page that does not read. */
  waiting: 1_048_576,
  /** A page that has not answered for so long is gone, and its place is free. Milliseconds. */
  heartbeat: 15_000,
  /** So long may another part of the server take to answer a request to it. Milliseconds. */
  unattended: 5_000,
};

/**
 * Takes web sockets at {@link relayPath}. Each page is notified by a text how many others are in its room (`0` or `1`), whenever that
 * changes; everything else it gets are the other page's bytes.
 *
 * @param server the HTTP server of Node.
 * @param mayJoin whether a page of this origin may; one without an origin is no page.
 * @param limits other limits than {@link defaults}.
 * @returns a function that ends it.
 */
export function attachRelay(server, mayJoin, limits = {}) {
  const {
    messageSize,
    burst,
    perSecond,
    rooms: maxRooms,
    waiting,
    heartbeat,
    unattended,
  } = { ...defaults, ...limits };
  const sockets = new WebSocketServer({ noServer: true, maxPayload: messageSize });
  const rooms = new Map();

  const onUpgrade = (request, socket, head) => {
    const url = URL.canParse(request.url, "http://relay")
      ? new URL(request.url, "http://relay")
      : null;
    if (url?.pathname !== relayPath) return leaveToOthers(socket);
    const { searchParams } = url;
    const room = searchParams.get("room") ?? "";
    if (!mayJoin(request.headers.origin)) refuse(socket, "403 Forbidden");
    else if (!roomId.test(room)) refuse(socket, "400 Bad Request");
    else sockets.handleUpgrade(request, socket, head, (page) => join(room, page));
  };

  /** Node leaves such a socket open for ever where nobody answers it. */
  function leaveToOthers(socket) {
    socket.on("error", () => undefined);
    const close = () => {
      if (socket.bytesWritten === 0) refuse(socket, "404 Not Found");
    };
    if (server.listenerCount("upgrade") === 1) close();
    else setTimeout(close, unattended).unref();
  }

  function join(room, page) {
    // A faulty socket is closed, which reports the fault.
    page.on("error", () => undefined);
    const pages = rooms.get(room) ?? new Set();
    if (pages.size >= 2) return page.close(roomIsFull, "There are two in this room.");
    if (!rooms.has(room) && rooms.size >= maxRooms)
      return page.close(1013, "There are too many rooms.");
    rooms.set(room, pages.add(page));
    notify(pages);
    const mayPass = createLimiter(burst, perSecond);
    page.on("message", (bytes, isBinary) => {
      if (!isBinary) return page.close(1003, "Only bytes are handed on.");
      if (!mayPass()) return page.close(1008, "Too many messages.");
      for (const other of pages) {
        if (other === page) continue;
        if (other.bufferedAmount > waiting) other.terminate();
        else other.send(bytes, { binary: true });
      }
    });
    page.isAlive = true;
    page.on("pong", () => (page.isAlive = true));
    page.on("close", () => {
      pages.delete(page);
      if (pages.size === 0) rooms.delete(room);
      else notify(pages);
    });
  }

  const beat = setInterval(() => {
    for (const page of sockets.clients) {
      if (page.isAlive === false) page.terminate();
      page.isAlive = false;
      page.ping();
    }
  }, heartbeat);
  beat.unref();
  server.on("upgrade", onUpgrade);
  return () => {
    clearInterval(beat);
    server.off("upgrade", onUpgrade);
    for (const page of sockets.clients) page.terminate();
  };
}

/**
 * For @web/dev-server: the relay beside the pages, for these pages alone.
 *
 * @returns {import("@web/dev-server").Plugin}
 */
export function roomRelay() {
  let stop = () => undefined;
  return {
    name: "room-relay",
    serverStart({ config: { hostname, port, http2 }, server }) {
      const names = hostname === "127.0.0.1" ? [hostname, "localhost"] : [hostname];
      const origins = names.map((name) => `${http2 ? "https" : "http"}://${name}:${port}`);
      stop = attachRelay(server, (origin) => origins.includes(origin));
    },
    serverStop: () => stop(),
  };
}

/** A bucket that holds `burst` messages and fills again by so many a second. */
function createLimiter(burst, perSecond) {
  let left = burst;
  let filledAt = performance.now();
  return () => {
    const now = performance.now();
    left = Math.min(burst, left + ((now - filledAt) / 1000) * perSecond) - 1;
    filledAt = now;
    return left >= 0;
  };
}

function notify(pages) {
  for (const page of pages) page.send(String(pages.size - 1));
}

function refuse(socket, status) {
  socket.on("error", () => undefined);
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}
