import { createPrivateKey, X509Certificate } from "node:crypto";
import { existsSync, readFileSync, statSync } from "node:fs";
import { once } from "node:events";
import { createServer } from "node:http";
import { connect } from "node:net";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { WebSocket, WebSocketServer } from "ws";
import { attachRelay, relayPath, roomIsFull } from "../../demo/room-relay.mjs";
import { startOptions } from "../../.tools/start-options.mjs";
import { RoomChannel } from "../../demo/room-channel.ts";
import {
  deriveHostSecret,
  fromFragment,
  newRoom,
  randomBytes,
  RoomCipher,
  toFragment,
} from "../../demo/room-cipher.ts";
import { samples, signalTypes } from "../support/signals.ts";

const origin = "http://127.0.0.1:8000";
const room = "AAAAAAAAAAAAAAAAAAAAAA";
const limits = {
  ...{ messageSize: 1000, burst: 5, perSecond: 0, rooms: 2, heartbeat: 60_000, unattended: 50 },
};

interface PageOptions {
  readonly id?: string;
  /** The page's origin; `null` for none. */
  readonly from?: string | null;
  readonly path?: string;
  readonly autoPong?: boolean;
}

/** A socket that neither opens nor closes. */
class Unanswered extends EventTarget {
  static readonly OPEN = 1;
  readonly readyState = 0;
  binaryType = "blob";
}

/** A page as the relay sees it, with everything that came and how it was closed. */
class RelayPage {
  readonly socket: WebSocket;
  readonly texts: string[] = [];
  readonly bytes: Buffer[] = [];
  readonly closed: Promise<number>;

  constructor(port: number, options: PageOptions = {}) {
    const { id = room, from = origin, path = relayPath, autoPong = true } = options;
    const asked = { ...(from !== null && { origin: from }), autoPong };
    this.socket = new WebSocket(`ws://127.0.0.1:${port}${path}?room=${id}`, asked);
    this.socket.on("message", (data: Buffer, isBinary) => {
      if (isBinary) this.bytes.push(data);
      else this.texts.push(data.toString());
    });
    // An answer other than an upgrade is reported as an error and no code.
    this.socket.on("error", () => undefined);
    this.closed = new Promise((resolve) =>
      this.socket.on("close", (code: number) => resolve(code)),
    );
  }

  /** Whether it is let in: the relay's first word, or the end. */
  isIn(): Promise<boolean> {
    const first = new Promise<true>((resolve) => this.socket.once("message", () => resolve(true)));
    return Promise.race([first, this.closed.then(() => false)]);
  }

  async hears(...texts: string[]): Promise<this> {
    await expect.poll(() => this.texts).toEqual(texts);
    return this;
  }
}

describe("the relay of rooms", () => {
  let server: ReturnType<typeof createServer>;
  let stop: () => void;
  let port: number;
  let asked: (string | undefined)[];

  const serve = async (changes: Partial<typeof limits> = {}) => {
    server = createServer();
    asked = [];
    const mayJoin = (from: string | undefined) => {
      asked.push(from);
      return from === origin;
    };
    stop = attachRelay(server, mayJoin, { ...limits, ...changes });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    // A TCP server's address is no string.
    ({ port } = server.address() as AddressInfo);
  };
  const page = (options?: PageOptions) => new RelayPage(port, options);
  const pair = async () => {
    const a = await page().hears("0");
    const b = await page().hears("1");
    await a.hears("0", "1");
    return [a, b] as const;
  };
  const end = async () => {
    stop();
    server.close();
    await once(server, "close");
  };

  beforeEach(() => serve());
  afterEach(end);

  it("tells each page who is there, and hands on the other's bytes unchanged", async () => {
    const [a, b] = await pair();
    const bytes = Buffer.from(randomBytes(999));
    a.socket.send(bytes);
    await expect.poll(() => b.bytes.map(String)).toEqual([String(bytes)]);
    expect(a.bytes).toEqual([]);
    b.socket.close();
    await a.hears("0", "1", "0");
  });

  it("refuses a third page, and lets it in once a place is free", async () => {
    const [a, b] = await pair();
    expect(await page().closed).toBe(roomIsFull);
    b.socket.close();
    await a.hears("0", "1", "0");
    await page().hears("1");
  });

  it("keeps rooms apart", async () => {
    const [a] = await pair();
    const other = await page({ id: room.replace("A", "B") }).hears("0");
    a.socket.send(Buffer.from([1]));
    const late = await page({ id: room.replace("A", "B") }).hears("1");
    expect([other.bytes, late.bytes]).toEqual([[], []]);
  });

  it.each(["http://127.0.0.1:8001", "https://127.0.0.1:8000", "http://evil.example", "null", null])(
    "refuses a page of the origin %s",
    async (from) => {
      expect(await page({ from }).closed).toBe(1006);
      expect(asked).toEqual([from ?? undefined]);
    },
  );

  it.each(["", "short", `${room}A`, "AAAAAAAAAA%2FAAAAAAAAAA"])(
    "refuses the room %j",
    async (id) => {
      expect(await page({ id }).closed).toBe(1006);
    },
  );

  it("leaves other addresses to others", async () => {
    server.on("upgrade", (request, socket) => {
      if (request.url?.startsWith("/wds")) socket.end("HTTP/1.1 418 Other\r\n\r\n");
    });
    expect(await page({ path: "/wds" }).closed).toBe(1006);
    expect(asked).toEqual([]);
  });

  it("closes on a request that nobody answers, at once where nobody else could", async () => {
    expect(await page({ path: "/other" }).closed).toBe(1006);
    server.on("upgrade", () => undefined);
    expect(await page({ path: "/other" }).closed).toBe(1006);
    const odd = connect(port, "127.0.0.1");
    odd.write(
      "GET http://[ HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n",
    );
    await once(odd.resume(), "end", { signal: AbortSignal.timeout(5000) });
    expect(asked).toEqual([]);
  });

  it("closes on a page whose message is too large", async () => {
    const [a, b] = await pair();
    a.socket.send(Buffer.alloc(1001));
    expect(await a.closed).toBe(1009);
    await b.hears("1", "0");
    expect(b.bytes).toEqual([]);
  });

  it("closes on a page that sends too fast", async () => {
    const [a, b] = await pair();
    for (let sent = 0; sent < 6; sent++) a.socket.send(Buffer.from([sent]));
    expect(await a.closed).toBe(1008);
    await expect.poll(() => b.bytes.map(([first]) => first)).toEqual([0, 1, 2, 3, 4]);
  });

  it("closes on a page that sends text", async () => {
    const [a, b] = await pair();
    a.socket.send("1");
    expect(await a.closed).toBe(1003);
    await b.hears("1", "0");
  });

  it("has a limit of rooms, and forgets those that are empty", async () => {
    const ids = ["B", "C", "D"].map((letter) => room.replace("A", letter));
    const [first] = await Promise.all(ids.slice(0, 2).map((id) => page({ id }).hears("0")));
    expect(await page({ id: ids[2]! }).closed).toBe(1013);
    first!.socket.close();
    await expect.poll(() => page({ id: ids[2]! }).isIn()).toBe(true);
  });

  it("frees the place of a page that does not answer", async () => {
    await end();
    await serve({ heartbeat: 50 });
    const dead = await page({ autoPong: false }).hears("0");
    expect(await dead.closed).toBe(1006);
  });

  it("carries every message of a call as bytes that hold none of its words", async () => {
    const [a, b] = await pair();
    const { secret } = newRoom();
    const [one, two] = [randomBytes(16), randomBytes(16)];
    const [sealer, opener] = [
      await RoomCipher.create(secret, one, two),
      await RoomCipher.create(secret, two, one),
    ];
    const sent = signalTypes.slice(0, limits.burst);
    await end();
    await serve({ messageSize: 65_536 });
    const [c, d] = await pair();
    for (const type of sent) c.socket.send(await sealer.seal({ message: samples[type] }));
    await expect.poll(() => d.bytes.length).toBe(sent.length);
    for (const [at, bytes] of d.bytes.entries()) {
      for (const word of [
        "sx-call",
        "invite",
        "fingerprint",
        "a=mid",
        "candidate",
        "x25519",
        "callId",
      ]) {
        expect(bytes.includes(word)).toBe(false);
      }
      expect(await opener.open(new Uint8Array(bytes))).toEqual({ message: samples[sent[at]!] });
    }
    expect([a.bytes, b.bytes]).toEqual([[], []]);
  });
});

describe("what seals a room's messages", () => {
  const refused = "A message cannot be decrypted.";
  const [one, two] = [randomBytes(16), randomBytes(16)];
  const { secret } = newRoom();
  const pairOf = async () =>
    [await RoomCipher.create(secret, one, two), await RoomCipher.create(secret, two, one)] as const;

  it("opens in order what the other page has sealed", async () => {
    const [a, b] = await pairOf();
    for (const message of [1, { two: [null, "ä"] }, "three"])
      expect(await b.open(await a.seal(message))).toEqual(message);
    expect(await a.open(await b.seal("back"))).toBe("back");
  });

  it("refuses what comes again, and what is older than the last", async () => {
    const [a, b] = await pairOf();
    const [first, second] = [await a.seal(1), await a.seal(2)];
    expect(await b.open(second)).toBe(2);
    await expect(b.open(second)).rejects.toThrow(refused);
    await expect(b.open(first)).rejects.toThrow(refused);
  });

  it("makes no cipher for a page that meets itself: its own words would come back as the other page's", async () => {
    const own = randomBytes(16);
    await expect(RoomCipher.create(newRoom().secret, own, own.slice())).rejects.toThrow("itself");
  });

  it("takes nothing from a relay that sends a page its own id and words back", async () => {
    const mirror = new WebSocketServer({ port: 0, host: "127.0.0.1" });
    await once(mirror, "listening");
    const reflected: number[] = [];
    mirror.on("connection", (socket) => {
      socket.send("1");
      socket.on("message", (bytes: Buffer) => {
        reflected.push(bytes[0]!);
        socket.send(bytes, { binary: true });
      });
    });
    // The class of `ws` has the interface of the browser's, which Node 20 does not have.
    Object.assign(globalThis, { WebSocket });
    const { port } = mirror.address() as AddressInfo;
    const states: string[] = [];
    const heard: unknown[] = [];
    const channel = new RoomChannel(newRoom(), new URL(`ws://127.0.0.1:${port}/`), (state) =>
      states.push(state),
    );
    channel.receive((message) => heard.push(message));
    await expect.poll(() => reflected).toEqual([0]);
    channel.send({ type: "invite" });
    // What was sent back is in the page's hands once a later meeting has begun: all is done in order.
    for (const socket of mirror.clients) socket.send("0");
    await expect.poll(() => states.at(-1)).toBe("alone");
    expect([reflected, states, heard]).toEqual([[0], ["meeting", "alone"], []]);
    // A page that was in comes back for ever: it finds a network that never answers.
    Object.assign(globalThis, { WebSocket: Unanswered });
    for (const socket of mirror.clients) socket.close(roomIsFull);
    mirror.close();
  });

  it("refuses its own message, sent back", async () => {
    const [a] = await pairOf();
    await expect(a.open(await a.seal(1))).rejects.toThrow(refused);
  });

  it("refuses what was sealed with another secret, or in another meeting", async () => {
    const [a] = await pairOf();
    const stranger = await RoomCipher.create(newRoom().secret, two, one);
    const later = await RoomCipher.create(secret, randomBytes(16), one);
    for (const cipher of [stranger, later])
      await expect(cipher.open(await a.seal(1))).rejects.toThrow(refused);
  });

  it("refuses a message with any bit of it changed, and goes on with the real one", async () => {
    const [a, b] = await pairOf();
    const sealed = await a.seal("x");
    for (const [at, byte] of sealed.entries()) {
      await expect(b.open(sealed.with(at, byte ^ 1))).rejects.toThrow(refused);
      await expect(b.open(sealed.slice(0, at))).rejects.toThrow(refused);
    }
    expect(await b.open(sealed)).toBe("x");
  });

  it("never seals the same text to the same bytes", async () => {
    const [a] = await pairOf();
    const texts = await Promise.all(Array.from({ length: 50 }, () => a.seal("x")));
    expect(new Set(texts.map(String)).size).toBe(50);
  });

  it("reads back the link it has written, and no part of one", () => {
    const made = newRoom();
    const fragment = toFragment(made);
    expect(fromFragment(fragment)).toEqual(made);
    for (const wrong of [
      "",
      made.id,
      fragment.slice(0, -1),
      `${fragment}A`,
      fragment.replace(".", "/"),
    ]) {
      expect(fromFragment(wrong)).toBe(null);
    }
  });

  it("derives the same secret for both hosts, and another for another room", async () => {
    const derived = await deriveHostSecret(secret);
    expect(derived.length).toBe(32);
    expect(await deriveHostSecret(secret)).toEqual(derived);
    expect(await deriveHostSecret(newRoom().secret)).not.toEqual(derived);
    expect(derived).not.toEqual(secret);
  });
});

describe("the flags of npm start", () => {
  const address = (address: string, internal: boolean, family: "IPv4" | "IPv6" = "IPv4") => {
    const rest = family === "IPv4" ? ({ family } as const) : ({ family, scopeid: 0 } as const);
    return { address, netmask: "", mac: "", internal, cidr: null, ...rest };
  };
  const interfaces = {
    lo: [address("127.0.0.1", true)],
    eth0: [address("fe80::1", false, "IPv6"), address("192.0.2.7", false)],
  };

  it("stay on this machine and on http without any", async () => {
    expect((await startOptions([], interfaces)).config).toEqual({});
  });

  it("listen with --lan on the network address, or report that there is none", async () => {
    expect((await startOptions(["--lan"], interfaces)).config).toEqual({ hostname: "192.0.2.7" });
    await expect(startOptions(["--lan"], { lo: interfaces.lo })).rejects.toThrow(
      "--lan needs a network",
    );
  });

  it("make with --https a certificate for that address, which nobody else can read and which goes", async () => {
    const { config, forget } = await startOptions(["--lan", "--https"], interfaces);
    const path = (config as { sslCert: string }).sslCert;
    const pem = readFileSync(path);
    const certificate = new X509Certificate(pem);
    expect(certificate.subjectAltName).toBe("IP Address:192.0.2.7, DNS:localhost");
    expect(certificate.checkPrivateKey(createPrivateKey(pem))).toBe(true);
    const days = (Date.parse(certificate.validTo) - Date.now()) / 86_400_000;
    expect(Math.round(days)).toBe(30);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    forget();
    expect(existsSync(path)).toBe(false);
  });
});
