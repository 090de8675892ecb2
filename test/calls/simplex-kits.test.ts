import { expect } from "@open-wc/testing";
import type { CallSnapshot } from "../../src/call/snapshot.ts";
import { appPair, connect } from "../support/simplex/pair.ts";
import type { AppPair, PairOptions } from "../support/simplex/pair.ts";
import { unpackDescription } from "../support/simplex/packing.ts";
import type { Response, Source } from "../support/simplex/protocol.ts";
import { kitPage } from "../support/simplex-kit.ts";
import type { KitPage, KitPageOptions } from "../support/simplex-kit.ts";
import { errorsOf } from "../support/simplex-mixed.ts";
import { longIt } from "../support/long-it.ts";

describe("two of the kit's pages that meet over SimpleX's protocol", () => {
  let pair: AppPair;
  let a: KitPage;
  let b: KitPage;

  async function open(options: PairOptions = {}, side: KitPageOptions = {}): Promise<void> {
    a = kitPage({ tone: 440 });
    b = kitPage({ tone: 880, ...side });
    pair = await appPair(a.open, b.open, options);
  }

  const both = (condition: (snapshot: CallSnapshot) => boolean) =>
    Promise.all([a.until(condition), b.until(condition)]);
  const bothDecode = (...sources: Source[]) =>
    Promise.all(sources.flatMap((source) => [a.decodesMore(source), b.decodesMore(source)]));

  afterEach(() => {
    const violations = [...pair.a.violations, ...pair.b.violations];
    pair.close();
    expect(violations).to.deep.equal([]);
  });

  for (const media of ["audio", "video"] as const) {
    const register = media === "video" ? it : longIt;
    register(
      `use the kit's own frames and keys, and have one security code, in a call with ${media}`,
      async () => {
        await open();
        await connect(pair, media);
        await bothDecode(
          ...(media === "video" ? (["mic", "camera"] as const) : (["mic"] as const)),
        );
        const codes = await both(
          ({ protection, securityCode }) =>
            protection.status === "protected" && securityCode !== null,
        );
        for (const { protection } of codes) {
          expect(protection.cipher).to.equal("AES_256_GCM_SHA512_128 · X25519 + ML-KEM-768");
          expect(protection.forged).to.equal(0);
        }
        const [ofA, ofB] = codes.map(({ securityCode }) => securityCode);
        expect(ofA!.length).to.equal(7);
        expect(ofA).to.deep.equal(ofB);
        // The host sees the call that its document describes, and nothing else.
        const { resp } = pair.b.received.find((message) => message.command?.type === "start")!;
        const { sdp } = await unpackDescription(
          (resp as Extract<Response, { type: "offer" }>).offer,
        );
        expect(sdp!.match(/^a=mid:[0-3]\r$/gm)?.length).to.equal(4);
        expect(sdp!).not.to.include("a=candidate");
      },
    );
  }

  longIt("are unencrypted without a key, like the other app", async () => {
    await open({ app: { key: "none" } });
    await connect(pair, "audio");
    await bothDecode("mic");
    const [ofA] = await both(({ protection }) => protection.status === "unencrypted");
    expect(ofA.securityCode).to.equal(null);
    expect([...a.sight.said, ...b.sight.said]).to.deep.equal([]);
  });

  it("refuse each other where their keys differ: no media, a reason, and the end", async () => {
    await open({ appA: { key: "wrong" } });
    pair.a.call("video");
    await pair.b.untilThat(() => pair.b.isRinging);
    pair.b.accept();
    await Promise.all([pair.a.until("Ended"), pair.b.until("Ended")]);
    expect(errorsOf(pair.b)).to.deep.equal(["answer: the keys do not match"]);
    expect(pair.b.received.filter(({ resp }) => resp.type === "ended").length).to.equal(1);
    expect(b.host.snapshot.ending?.problem).to.equal("insecure");
    for (const { host } of [a, b]) {
      expect([host.snapshot.protection.opened, host.snapshot.securityCode]).to.deep.equal([
        0,
        null,
      ]);
    }
    expect(b.host.snapshot.protection.sealed).to.equal(0);
    // The callee knows before anything is connected for it; the caller's side of the transport may be there already.
    expect(b.host.snapshot.connectedAt).to.equal(null);
  });

  longIt("tell each other of their devices, whatever their bytes do", async () => {
    await open();
    await connect(pair, "audio");
    await both(({ remote }) => remote.known && remote.microphone);
    expect(await pair.a.media("mic", false)).to.deep.equal({ type: "ok" });
    await b.until(({ remote }) => !remote.microphone);
    await pair.b.untilThat(() => !pair.b.peerMedia.has("mic"));
    // Silence is still sent: traffic does not reveal muting.
    const { bytesReceived } = await b.inbound("mic");
    while ((await b.inbound("mic")).bytesReceived <= bytesReceived)
      await new Promise((resolve) => setTimeout(resolve, 50));
    expect(await pair.b.media("screenVideo", true)).to.deep.equal({ type: "ok" });
    await pair.a.untilThat(() => pair.a.peerMedia.has("screenVideo"));
    await a.decodesMore("screenVideo");
    await pair.a.media("mic", true);
    await pair.b.untilThat(() => pair.b.peerMedia.has("mic"));
  });

  longIt(
    "take a new path over the data channel when the network changes, in one and the same call",
    async () => {
      await open({}, { hearsNetwork: false });
      await connect(pair, "audio");
      await both(({ securityCode }) => securityCode !== null);
      await bothDecode("mic");
      const fragment = () =>
        /^a=ice-ufrag:(\S+)/m.exec(a.sight.peer?.currentLocalDescription?.sdp ?? "")?.[1] ?? null;
      const before = fragment();
      const reported = [pair.a, pair.b].map((app) => app.received.length);
      window.dispatchEvent(new Event("online"));
      while (fragment() === before) await new Promise((resolve) => setTimeout(resolve, 50));
      await bothDecode("mic");
      await both(
        ({ state, protection }) => state === "connected" && protection.status === "protected",
      );
      expect([...a.sight.saidTypes, ...b.sight.saidTypes]).to.include.members([
        "restart",
        "restart-answer",
      ]);
      // The other app's page would not understand a second set of candidates: none goes through the hosts.
      const after = [pair.a, pair.b].flatMap((app, at) =>
        app.received.slice(reported[at]).map(({ resp }) => resp.type),
      );
      expect(
        after.filter(
          (type) => type !== "connection" && type !== "connected" && type !== "peerMedia",
        ),
      ).to.deep.equal([]);
    },
  );

  longIt("hear of the end on the data channel, before their hosts tell it", async () => {
    await open({ chat: { delay: 1500 } });
    await connect(pair, "audio");
    await both(({ remote }) => remote.known);
    await a.host.perform({ type: "hang-up" });
    await b.until(({ state }) => state === "ended");
    expect(pair.b.line.sent.some(({ command }) => command.type === "end")).to.equal(false);
    await pair.b.untilResponse(({ resp }) => resp.type === "ended");
    await Promise.all([pair.a.until("Ended"), pair.b.until("Ended")]);
    expect([a.host.snapshot.record?.outcome, b.host.snapshot.record?.outcome]).to.deep.equal([
      "completed",
      "completed",
    ]);
  });
});
