import { expect } from "@open-wc/testing";
import type { CallStateName } from "../../src/call/terms.ts";
import { SpareCipher } from "../../src/controller/browser-ports.ts";
import { SpareConnection } from "../../src/controller/spare-connection.ts";
import type { FrameCipher } from "../../src/crypto/worker/frame-cipher.ts";
import { MediaConnection, type ConnectionOptions } from "../../src/media/connection/connection.ts";
import { controlChannel } from "../../src/signalling/control.ts";
import { ConnectionWatch } from "../support/connection-pair.ts";
import { waitUntil } from "../support/wait-until.ts";

const cipher = { workerUrl: null, onMainThread: false };
const quiet = { opened: () => {}, lost: () => {} };
const dialled: ConnectionOptions = {
  ...{ iceServers: [], relayOnly: false, isCaller: true, control: controlChannel },
};
const marks = () => localStorage.getItem("sx-call-kit worker fuse");

describe("the connection that is made before a call is dialled", () => {
  const Real = globalThis.RTCPeerConnection;
  let made: RTCPeerConnection[];
  let hidden: boolean;
  let ciphers: SpareCipher;
  let spare: SpareConnection;
  let view: { state: CallStateName; cipher: typeof cipher };
  let stops: (() => void)[];
  const closing: { close(): void }[] = [];

  /** What an idle page has opened, asked or described so far. */
  const open = () => made.filter(({ signalingState }) => signalingState !== "closed");
  const isOffered = (connection: RTCPeerConnection) => connection.getTransceivers().length === 4;
  const isThere = () =>
    waitUntil(() => open().some(isOffered) && marks() === null, "a spare connection is there");
  const see = (isHidden: boolean) => {
    hidden = isHidden;
    document.dispatchEvent(new Event("visibilitychange"));
  };
  const serve = (of = view) => stops.push(spare.serve(of));
  const take = (options = dialled, hooks: FrameCipher | null = null) => {
    const listener = new ConnectionWatch();
    const taken = spare.take(options, hooks, listener);
    if (taken !== null) closing.push(taken);
    return { taken, listener };
  };
  const takeCipher = () => {
    const taken = ciphers.take(quiet, cipher) as FrameCipher;
    closing.push(taken);
    return taken;
  };

  beforeEach(() => {
    localStorage.clear();
    made = [];
    stops = [];
    hidden = false;
    Object.defineProperty(document, "hidden", { configurable: true, get: () => hidden });
    globalThis.RTCPeerConnection = class extends Real {
      constructor(configuration?: RTCConfiguration) {
        super(configuration);
        made.push(this);
      }
    };
    ciphers = new SpareCipher();
    spare = new SpareConnection(ciphers);
    view = { state: "idle", cipher };
  });

  afterEach(() => {
    for (const stop of stops) stop();
    for (const one of closing.splice(0)) one.close();
    globalThis.RTCPeerConnection = Real;
    delete (document as { hidden?: boolean }).hidden;
    expect(open()).to.deep.equal([]);
  });

  it("is one for all views of a page, and describes, gathers and opens nothing", async () => {
    const { mediaDevices } = navigator;
    const asked = mediaDevices.getUserMedia.bind(mediaDevices);
    let devices = 0;
    mediaDevices.getUserMedia = (constraints) => ((devices += 1), asked(constraints));
    try {
      serve();
      serve({ ...view });
      serve({ ...view });
      await isThere();
      spare.check();
      expect(made).to.have.lengthOf(1);
      const [connection] = made;
      expect(connection!.localDescription).to.equal(null);
      expect(connection!.iceGatheringState).to.equal("new");
      expect(connection!.getConfiguration().iceServers).to.deep.equal([]);
      expect(connection!.getConfiguration().iceCandidatePoolSize).to.equal(0);
      expect(connection!.getSenders().map(({ track }) => track)).to.deep.equal(Array(4).fill(null));
      expect(devices).to.equal(0);
    } finally {
      mediaDevices.getUserMedia = asked;
    }
  });

  it("is used once, with the call's cipher and servers, and tells the call what happens", async () => {
    serve();
    await isThere();
    const hooks = takeCipher();
    const iceServers = [{ urls: ["stun:127.0.0.1:9"] }];
    const { taken, listener } = take({ ...dialled, iceServers }, hooks);
    expect(taken).to.be.instanceOf(MediaConnection);
    expect(take({ ...dialled, iceServers }, hooks).taken).to.equal(null);
    expect(made[0]!.getConfiguration().iceServers).to.deep.include.members([
      { credential: "", urls: ["stun:127.0.0.1:9"], username: "" },
    ]);
    // The mark of a worker that may crash is there for the call only.
    expect(marks()).not.to.equal(null);
    const offer = await taken!.createOffer();
    expect(offer.match(/^m=/gm)).to.have.lengthOf(5);
    expect(made[0]!.localDescription!.type).to.equal("offer");
    await listener.until(() => listener.candidates.length > 0);
    expect(made).to.have.lengthOf(1);
  });

  for (const [name, other] of Object.entries({
    "answers a call": { isCaller: false },
    "hides the address": { relayOnly: true },
    "measures its relays": { relays: { measured: Promise.resolve(), servers: () => [] } },
    "has other codecs": { videoCodecs: ["video/VP9"] },
    "has the sections of another protocol": { sections: "by-mid" },
    "has channels of another protocol": { channels: [] },
    "has servers that the engine refuses": { iceServers: [{ urls: "none" }] },
  } satisfies Record<string, Partial<ConnectionOptions>>))
    it(`is closed where a call ${name}`, async () => {
      serve();
      await isThere();
      expect(take({ ...dialled, ...other }, takeCipher()).taken).to.equal(null);
      expect(open()).to.deep.equal([]);
    });

  it("is closed where a call has another cipher or none, or its certificate", async () => {
    const algorithm: EcKeyGenParams = { name: "ECDSA", namedCurve: "P-256" };
    const certificate = await Real.generateCertificate(algorithm);
    const other = new SpareCipher().take(quiet, cipher) as FrameCipher;
    closing.push(other);
    serve();
    for (const wanted of [
      () => take(dialled, other),
      () => take(dialled, null),
      () => take({ ...dialled, certificate }, takeCipher()),
    ]) {
      await isThere();
      expect(wanted().taken).to.equal(null);
      expect(open()).to.deep.equal([]);
      spare.check();
    }
  });

  it("is not used where the engine has closed it", async () => {
    serve();
    await isThere();
    made[0]!.close();
    expect(take(dialled, takeCipher()).taken).to.equal(null);
  });

  for (const [name, leave, back] of [
    ["is hidden", () => see(true), () => see(false)],
    [
      "may be left for another one",
      () => dispatchEvent(new Event("beforeunload")),
      () => see(false),
    ],
    [
      "is left",
      () => dispatchEvent(new PageTransitionEvent("pagehide", { persisted: true })),
      () => dispatchEvent(new PageTransitionEvent("pageshow", { persisted: true })),
    ],
    [
      "is frozen",
      () => document.dispatchEvent(new Event("freeze")),
      () => document.dispatchEvent(new Event("resume")),
    ],
  ] as const)
    it(`is closed in the task in which the page ${name}, and made again when it is back`, async () => {
      serve();
      await isThere();
      leave();
      expect(open()).to.deep.equal([]);
      spare.check();
      back();
      await isThere();
      expect(made).to.have.lengthOf(2);
    });

  it("is made again where the page was hidden while it was being made", async () => {
    serve();
    await waitUntil(() => made.length === 1, "it is being made");
    see(true);
    expect(open()).to.deep.equal([]);
    see(false);
    await isThere();
  });

  it("is not made in a page that is hidden, or whose view has a call, until that is over", async () => {
    hidden = true;
    view.state = "incoming";
    serve();
    see(false);
    await new Promise((resolve) => requestIdleCallback(resolve));
    expect(made).to.deep.equal([]);
    view.state = "ended";
    spare.check();
    await isThere();
  });

  it("goes with the last view of a page", async () => {
    serve();
    const other = spare.serve({ ...view });
    await isThere();
    stops.pop()!();
    expect(open()).to.have.lengthOf(1);
    other();
    expect(open()).to.deep.equal([]);
  });

  it("is made anew once the cipher to which it is attached has gone with a call", async () => {
    serve();
    await isThere();
    takeCipher().close();
    spare.check();
    await isThere();
    expect([made.length, open().length]).to.deep.equal([2, 1]);
  });

  it("is not made where frames are sealed in the page", async () => {
    serve({ ...view, cipher: { ...cipher, onMainThread: true } });
    await new Promise((resolve) => requestIdleCallback(resolve));
    await new Promise((resolve) => requestIdleCallback(resolve));
    expect(made).to.deep.equal([]);
  });
});
