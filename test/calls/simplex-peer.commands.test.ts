import { expect } from "@open-wc/testing";
import { SimplexApp } from "../support/simplex/app.ts";
import { framePage, ownPage, socketPage } from "../support/simplex/page-channels.ts";
import type { HostSocket } from "../support/simplex/page-channels.ts";
import { importFrameKey, openFrame, sealFrame } from "../support/simplex/frames.ts";
import { fromPaddedBase64url, toPaddedBase64url } from "../support/simplex/keys.ts";
import { browserDevices } from "../support/simplex/local-media.ts";
import { pack } from "../support/simplex/packing.ts";
import { SimplexPage } from "../support/simplex/peer.ts";
import type { PageOptions } from "../support/simplex/peer.ts";
import type { Command, PageMessage, Response } from "../support/simplex/protocol.ts";

const aesKey = toPaddedBase64url(new Uint8Array(32).fill(7));

describe("one of SimpleX's pages, as the document tells it", () => {
  let page: SimplexPage;
  let reported: PageMessage[];

  function open(options: PageOptions = {}): void {
    reported = [];
    page = new SimplexPage(options, (message) => reported.push(message));
  }

  /** The reply to one command. What it is made of may be wrong on purpose. */
  async function reply(command: object): Promise<Response> {
    await page.processCommand({ command: command as Command });
    return reported.find((message) => message.command === command)!.resp;
  }

  const error = (message: string) => ({ type: "error", message });

  beforeEach(() => open());
  afterEach(() => page.die());

  it("echoes the number of a command and the whole of it", async () => {
    const command: Command = { type: "capabilities", media: "audio" };
    await page.processCommand({ corrId: "17", command });
    expect(reported).to.deep.equal([
      { corrId: "17", resp: { type: "capabilities", capabilities: { encryption: true } }, command },
    ]);
  });

  it("says what it cannot do, and goes on", async () => {
    const packed = { offer: "", iceCandidates: await pack([]), media: "audio" };
    expect(await reply({ type: "dance" })).to.deep.equal(error("dance: unknown command"));
    expect(await reply({ type: "media", source: "mic", enable: false })).to.deep.equal(
      error("media: call not started"),
    );
    expect(await reply({ type: "answer", answer: "", iceCandidates: "" })).to.deep.equal(
      error("answer: call not started"),
    );
    expect(await reply({ type: "ice", iceCandidates: "" })).to.deep.equal(
      error("ice: call not started"),
    );
    expect((await reply({ type: "offer", ...packed, aesKey: "short" })).type).to.equal("error");
    expect((await reply({ type: "end" })).type).to.equal("ok");
    expect((await reply({ type: "start", media: "audio", aesKey })).type).to.equal("offer");
    expect(await reply({ type: "offer", ...packed })).to.deep.equal(
      error("offer: call already started"),
    );
    expect((await reply({ type: "answer", answer: "garbage", iceCandidates: "" })).type).to.equal(
      "error",
    );
    expect(page.isClosed).to.equal(false);
  });

  it("refuses a key that it cannot use", async () => {
    open({ encryption: false });
    const refused = await reply({
      type: "offer",
      offer: "",
      iceCandidates: "",
      media: "audio",
      aesKey,
    });
    expect(refused).to.deep.equal(error("offer: encryption is not supported"));
    expect(await reply({ type: "start", media: "audio", aesKey })).to.deep.include({
      capabilities: { encryption: false },
    });
  });

  it("shows what the host has it show", async () => {
    await reply({ type: "description", state: "connecting…", description: "e2e encrypted" });
    await reply({ type: "layout", layout: "remoteVideo" });
    expect(page.shown).to.deep.equal({
      description: { state: "connecting…", description: "e2e encrypted" },
      layout: "remoteVideo",
      permission: null,
    });
  });

  it("tries again without the stuns servers where the browser refuses the list, and through relays only where asked", async () => {
    const iceServers = [{ urls: ["stuns:example.invalid?transport=tcp", "stun:127.0.0.1:9"] }];
    await reply({ type: "start", media: "audio", iceServers, relay: true });
    expect(page.configuration).to.deep.equal({ policy: "relay", urls: ["stun:127.0.0.1:9"] });
    await reply({ type: "start", media: "audio", relay: false });
    expect(page.configuration).to.deep.equal({ policy: "all", urls: [] });
  });

  it("makes a video call without a camera, and stops its tracks at the end", async () => {
    open({ devices: { ...browserDevices, camera: () => Promise.resolve(null) } });
    expect((await reply({ type: "capabilities", media: "video" })).type).to.equal("capabilities");
    expect(page.localTrack("camera")).to.equal(null);
    const microphone = page.localTrack("mic")!;
    await reply({ type: "end" });
    expect(microphone.readyState).to.equal("ended");
  });

  it("releases a device that opens after the end", async () => {
    let give: (track: MediaStreamTrack) => void = () => undefined;
    const asked = new Promise<MediaStreamTrack>((resolve) => (give = resolve));
    open({ devices: { ...browserDevices, microphone: () => asked } });
    const starting = reply({ type: "start", media: "audio" });
    await reply({ type: "end" });
    const late = await browserDevices.microphone();
    give(late);
    expect(await starting).to.deep.equal(error("start: the call has ended"));
    expect(late.readyState).to.equal("ended");
  });

  it("has its host send the help for a refused microphone", async () => {
    const refused = () => Promise.reject(new Error("refused"));
    const own = ownPage({ devices: { ...browserDevices, microphone: refused } });
    const app = await SimplexApp.open(own.open);
    app.call("audio");
    await app.untilThat(() => own.page.shown.permission !== null);
    expect(app.state).to.equal("WaitCapabilities");
    app.close();
  });
});

describe("a frame of SimpleX's", () => {
  const clear = { key: 10, delta: 3, empty: 1 } as const;

  async function options(isIos = false) {
    return { key: await importFrameKey(aesKey), isIos };
  }

  for (const [type, length] of Object.entries(clear)) {
    it(`of type ${type} shows ${length} bytes, and 28 bytes are added`, async () => {
      const plain = crypto.getRandomValues(new Uint8Array(200));
      const sealed = await sealFrame({ type, data: plain.buffer }, "video", await options());
      expect(sealed.byteLength).to.equal(228);
      expect([...new Uint8Array(sealed, 0, length)]).to.deep.equal([...plain.subarray(0, length)]);
      // By WebCrypto alone, from the drawing in the document.
      const raw = await crypto.subtle.importKey(
        "raw",
        fromPaddedBase64url(aesKey),
        "AES-GCM",
        false,
        ["decrypt"],
      );
      const body = await crypto.subtle.decrypt(
        { name: "AES-GCM", iv: sealed.slice(-12) },
        raw,
        sealed.slice(length, -12),
      );
      expect([...new Uint8Array(body)]).to.deep.equal([...plain.subarray(length)]);
      const opened = await openFrame({ type, data: sealed }, "video", await options());
      expect([...new Uint8Array(opened!)]).to.deep.equal([...plain]);
    });
  }

  it("of one byte of sound has no tag from the page and one from iOS, and both are taken", async () => {
    const plain = new Uint8Array([9]).buffer;
    for (const [isIos, length] of [
      [false, 13],
      [true, 29],
    ] as const) {
      const sealed = await sealFrame({ data: plain }, "audio", await options(isIos));
      expect(sealed.byteLength).to.equal(length);
      const opened = await openFrame({ data: sealed }, "audio", await options(!isIos));
      expect([...new Uint8Array(opened!)]).to.deep.equal([9]);
    }
  });

  it("that another key sealed, that was changed or that is too short opens to nothing", async () => {
    const sealed = await sealFrame({ data: new ArrayBuffer(60) }, "audio", await options());
    const other = {
      key: await importFrameKey(toPaddedBase64url(new Uint8Array(32))),
      isIos: false,
    };
    expect(await openFrame({ data: sealed }, "audio", other)).to.equal(null);
    for (const length of [0, 11, 20]) {
      expect(await openFrame({ data: sealed.slice(0, length) }, "audio", await options())).to.equal(
        null,
      );
    }
    new Uint8Array(sealed)[30]! ^= 1;
    expect(await openFrame({ data: sealed }, "audio", await options())).to.equal(null);
  });

  it("takes no key that is not 32 bytes of padded base64url", async () => {
    for (const bad of ["", aesKey.slice(0, -1), `${aesKey}=`, aesKey.replace("Bw", "+w")]) {
      let refused = false;
      await importFrameKey(bad).catch(() => (refused = true));
      expect(refused).to.equal(true);
    }
  });
});

describe("the channels of a page", () => {
  it("lead into a frame by two globals, as Android's do", async () => {
    const script = `
      globalThis.processCommand = (message) => {
        const isOwn = message instanceof Object && message.command instanceof Object;
        sendMessageToNative({ resp: isOwn ? { type: "ok" } : { type: "error", message: "foreign" }, command: message.command });
      };
      globalThis.sendMessageToNative = () => { throw new Error("not redefined"); };`;
    const url = URL.createObjectURL(
      new Blob([`<!doctype html><script>${script}</script>`], { type: "text/html" }),
    );
    const app = await SimplexApp.open(framePage(url));
    expect(await app.command({ type: "layout", layout: "default" })).to.deep.equal({ type: "ok" });
    expect([...app.violations]).to.deep.equal([]);
    app.close();
    URL.revokeObjectURL(url);
  });

  it("lead to a socket: commands wait until it is open, and its end is the call's", async () => {
    const socket = new FakeSocket();
    const app = await SimplexApp.open(socketPage(socket), { describes: false });
    app.call("audio");
    expect(socket.sent).to.deep.equal([]);
    socket.readyState = 1;
    socket.notify("open");
    await app.untilThat(() => socket.sent.length > 0);
    expect(socket.sent).to.deep.equal(['{"command":{"type":"capabilities","media":"audio"}}']);
    for (const data of ["not JSON", '{"resp":{"type":"ok"}}']) socket.notify("message", data);
    expect([...app.violations]).to.deep.equal(["a message without resp", "ok without the command"]);
    socket.notify("close");
    await app.until("Ended");
  });
});

class FakeSocket implements HostSocket {
  readyState = 0;
  readonly sent: string[] = [];
  readonly #listeners = new Map<string, (event: { data: unknown }) => void>();

  addEventListener(type: string, listener: (event: { data: unknown }) => void): void {
    this.#listeners.set(type, listener);
  }

  notify(type: "open" | "close" | "message", data?: string): void {
    this.#listeners.get(type)?.({ data });
  }

  send(text: string): void {
    this.sent.push(text);
  }

  close(): void {
    this.notify("close");
  }
}
