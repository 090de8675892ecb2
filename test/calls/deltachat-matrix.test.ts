import { expect } from "@open-wc/testing";
import { appPair } from "../support/deltachat/app.ts";
import type { AppOptions, DeltachatApp, OpenPage } from "../support/deltachat/app.ts";
import { decodesMore, KitPage } from "../support/deltachat/kit.ts";
import type { KitPageOptions } from "../support/deltachat/kit.ts";
import { DeltachatPeer } from "../support/deltachat/peer.ts";
import type { PeerOptions } from "../support/deltachat/peer.ts";
import { longIt } from "../support/long-it.ts";

/** Sends garbage on every channel of the other side, whatever its version. */
const garbage = ["", "null", "{}", "[1]", '"x"', "{", '{"type":"offer","sdp":"v=0"}', "\u0000"];

const versions: Record<string, PeerOptions> = {
  "today's": {},
  "one without renegotiation": { renegotiation: false },
  "one without muted state": { mutedState: false },
  "one with candidates alone": { mutedState: false, renegotiation: false },
  "one that says garbage": { garbage },
};

describe("a kit and Delta Chat's own page", () => {
  let kit: KitPage;
  let peer: DeltachatPeer;
  let a: DeltachatApp;
  let b: DeltachatApp;

  afterEach(() => {
    for (const app of [a, b]) app.close();
  });

  async function connected(
    caller: "kit" | "peer",
    options: PeerOptions = {},
    page: KitPageOptions = {},
    app: AppOptions = {},
  ): Promise<void> {
    kit = new KitPage(page);
    const theirs = DeltachatPeer.opener(options);
    const opens = caller === "kit" ? [kit.open, theirs.open] : [theirs.open, kit.open];
    ({ a, b } = appPair(opens[0]!, opens[1]!, app));
    a.call();
    if (app.acceptsOutside === true) {
      // The notification's button was pressed: nothing is left to press.
    } else if (caller === "kit") {
      while (b.page === null || !theirs.peer().isRinging) await pause();
      theirs.peer().pressAccept();
    } else {
      await kit.until(({ state }) => state === "incoming");
      await kit.host.perform({ type: "accept", media: "video" });
    }
    await kit.until(({ state }) => state === "connected");
    peer = theirs.peer();
  }

  const pause = () => new Promise((resolve) => setTimeout(resolve, 10));
  const bothDecode = (...kinds: ("audio" | "video")[]) =>
    Promise.all(kinds.flatMap((kind) => [decodesMore(kit, kind), decodesMore(peer, kind)]));
  const until = async (condition: () => boolean) => {
    while (!condition()) await pause();
  };

  for (const caller of ["kit", "peer"] as const) {
    for (const [name, options] of Object.entries(versions)) {
      const register = name === "today's" ? it : longIt;
      register(
        `hear and see each other, where the ${caller} calls and the page is ${name}`,
        async () => {
          await connected(caller, options);
          await bothDecode("audio", "video");
          const { protection, securityCode } = await kit.until(
            ({ remote }) => remote.microphone && remote.camera,
          );
          expect(protection).to.include({
            status: "transport",
            sealed: 0,
            opened: 0,
            cipher: null,
          });
          expect(securityCode).to.equal(null);
          expect(kit.host.tracks.remoteCamera).not.to.equal(null);
          expect(a.said.concat(b.said)).to.deep.equal(["startCall", "acceptCall"]);
        },
      );
    }

    const perCaller = caller === "kit" ? it : longIt;
    perCaller(`describe themselves as the document says, where the ${caller} calls`, async () => {
      await connected(caller);
      const [sdp = ""] = (caller === "kit" ? a : b).sdps;
      expect([...sdp.matchAll(/^m=(\w+)/gm)].map(([, kind]) => kind)).to.deep.equal([
        ...["video", "audio", "application"],
      ]);
      expect(sdp).to.match(/^a=candidate:/m);
      expect(sdp.match(/^a=sendrecv/gm)?.length).to.equal(2);
      expect(sdp).to.include("a=group:BUNDLE 0 1 2");
    });

    perCaller(`tell each other who is muted, where the ${caller} calls`, async () => {
      await connected(caller);
      await until(() => peer.remoteMuted !== null);
      expect(peer.remoteMuted).to.deep.equal({ audioEnabled: true, videoEnabled: true });
      await kit.host.perform({ type: "set-device", device: "microphone", on: false });
      await until(() => peer.remoteMuted?.audioEnabled === false);
      await peer.mute("camera", false);
      await kit.until(({ remote }) => remote.known && !remote.camera && remote.microphone);
      await peer.mute("microphone", false);
      await kit.until(({ remote }) => !remote.microphone);
    });

    perCaller(`take a new path over their channel, where the ${caller} calls`, async () => {
      await connected(caller);
      await bothDecode("audio");
      const { generation } = kit.sight;
      await peer.mute("microphone", true);
      window.dispatchEvent(new Event("online"));
      await until(() => {
        const { local } = kit.sight.generation;
        return local !== null && local !== generation.local;
      });
      expect(peer.paths).to.deep.equal(
        caller === "kit"
          ? { offered: 0, answered: 1, requested: 0 }
          : { offered: 1, answered: 0, requested: 0 },
      );
      await bothDecode("audio", "video");
    });

    perCaller(`take a new path that the page wants, where the ${caller} calls`, async () => {
      await connected(caller, {}, { hearsNetwork: false });
      await bothDecode("audio");
      const { generation } = kit.sight;
      peer.changeNetwork();
      await until(() => {
        const { local } = kit.sight.generation;
        return local !== null && local !== generation.local;
      });
      await bothDecode("audio", "video");
      expect(kit.host.snapshot.state).to.equal("connected");
    });

    perCaller(
      `go on where only the kit knows how to ask for a new path and the ${caller} calls`,
      async () => {
        await connected(caller, { renegotiation: false });
        window.dispatchEvent(new Event("online"));
        await bothDecode("audio", "video");
        expect(kit.host.snapshot.state).to.equal("connected");
      },
    );

    perCaller(
      `notify the other app of the end, where the ${caller} calls and the kit hangs up`,
      async () => {
        await connected(caller);
        const theirs = caller === "kit" ? b : a;
        await kit.host.perform({ type: "hang-up" });
        await until(() => theirs.page === null);
        expect(kit.host.snapshot.record?.outcome).to.equal("completed");
        expect(kit.host.tracks.localCamera).to.equal(null);
      },
    );
  }

  it("begin without a camera where the address says so, and it can come on later without a negotiation", async () => {
    await connected("kit", {}, { search: "?noOutgoingVideoInitially" });
    await bothDecode("audio");
    expect(kit.asked.filter((name) => name.startsWith("camera"))).to.deep.equal([]);
    await kit.host.perform({ type: "set-device", device: "camera", on: true });
    await decodesMore(peer, "video");
    expect(peer.paths).to.deep.equal({ offered: 0, answered: 0, requested: 0 });
    expect([a.sdps.length, b.sdps.length]).to.deep.equal([1, 1]);
  });

  longIt(
    "releases the camera when it is off, and never asks for one where no picture is allowed",
    async () => {
      await connected("kit");
      await kit.until(({ local }) => local.camera.state === "on");
      const track = kit.host.tracks.localCamera!;
      await kit.host.perform({ type: "set-device", device: "camera", on: false });
      expect(track.readyState).to.equal("ended");
      await until(() => peer.remoteMuted?.videoEnabled === false);
      for (const app of [a, b]) app.close();
      await connected("peer", {}, { search: "?disableVideoCompletely" });
      await bothDecode("audio");
      expect(kit.asked).to.deep.equal(["microphone"]);
      expect(kit.host.snapshot.actions).not.to.include("toggle-screen");
    },
  );

  longIt(
    "see the kit's screen in its camera's place, and the camera again afterwards",
    async () => {
      await connected("kit");
      await bothDecode("video");
      const sender = () =>
        kit.sight.peer!.getTransceivers().find(({ receiver }) => receiver.track.kind === "video")!
          .sender.track;
      await kit.host.perform({ type: "set-device", device: "screen", on: true });
      await kit.until(({ local }) => local.screen.state === "on" && local.camera.state === "off");
      await until(() => sender() === kit.host.tracks.localScreen);
      await decodesMore(peer, "video");
      expect(peer.remoteMuted).to.include({ videoEnabled: true });
      await kit.host.perform({ type: "set-device", device: "screen", on: false });
      await kit.until(({ local }) => local.camera.state === "on");
      await until(() => sender() === kit.host.tracks.localCamera);
      await decodesMore(peer, "video");
      expect(kit.sight.peer!.getTransceivers().length).to.equal(2);
    },
  );

  longIt("go on where the page closes its channels in the midst of the call", async () => {
    await connected("kit");
    await until(() => peer.remoteMuted !== null);
    peer.closeChannels();
    await kit.host.perform({ type: "set-device", device: "microphone", on: false });
    await kit.host.perform({ type: "set-device", device: "microphone", on: true });
    await bothDecode("audio", "video");
    expect(kit.host.snapshot.state).to.equal("connected");
    expect(kit.notices.filter(({ type }) => type === "error")).to.deep.equal([]);
  });

  longIt("connect by a late answer, and by an accept outside of the page", async () => {
    await connected("kit", {}, {}, { delay: 1500 });
    await bothDecode("audio");
    for (const app of [a, b]) app.close();
    await connected("peer", {}, {}, { acceptsOutside: true });
    await bothDecode("audio");
  });
});

/** An app whose chat messages have lines that end without a carriage return. */
const withLineFeeds =
  (open: OpenPage): OpenPage =>
  (calls) =>
    open({
      ...calls,
      startCall: (sdp) => {
        calls.startCall(sdp.replaceAll("\r\n", "\n"));
      },
      acceptCall: (sdp) => {
        calls.acceptCall(sdp.replaceAll("\r\n", "\n"));
      },
    });

describe("two kits that meet over Delta Chat's protocol", () => {
  let a: KitPage;
  let b: KitPage;
  let pair: ReturnType<typeof appPair>;

  afterEach(() => {
    pair.a.close();
    pair.b.close();
  });

  async function connected(
    options: KitPageOptions = {},
    through = (open: OpenPage): OpenPage => open,
  ): Promise<void> {
    [a, b] = [
      new KitPage({ tone: 440, ...options }),
      new KitPage({ tone: 880, hearsNetwork: false }),
    ];
    pair = appPair(through(a.open), through(b.open));
    pair.a.call();
    await b.until(({ state }) => state === "incoming");
    await b.host.perform({ type: "accept", media: "video" });
    await Promise.all([a, b].map((page) => page.until(({ state }) => state === "connected")));
  }

  it("use the kit's own frames and keys, and have one security code", async () => {
    await connected();
    await Promise.all(
      [a, b].flatMap((page) => [decodesMore(page, "audio"), decodesMore(page, "video")]),
    );
    const codes = await Promise.all(
      [a, b].map((page) =>
        page.until(({ protection, securityCode }) => {
          return protection.status === "protected" && securityCode !== null;
        }),
      ),
    );
    const [ofA, ofB] = codes.map(({ securityCode }) => securityCode);
    expect(ofA?.length).to.equal(7);
    expect(ofA).to.deep.equal(ofB);
    expect(a.host.snapshot.protection.forged).to.equal(0);
  });

  longIt("know each other where an app changes how lines end", async () => {
    await connected({}, withLineFeeds);
    await Promise.all([a, b].map((page) => decodesMore(page, "video")));
    for (const { sight } of [a, b]) {
      expect(sight.peer?.remoteDescription?.sdp).to.match(/^a=fmtp:\d+ .*cbr=1/m);
      expect(sight.peer?.remoteDescription?.sdp).not.to.match(/^a=x-sx-call-kit/m);
    }
    await Promise.all(
      [a, b].map((page) => page.until(({ protection }) => protection.status === "protected")),
    );
  });

  longIt("tell each other of a screen as a screen", async () => {
    await connected();
    await b.until(({ remote }) => remote.known);
    await a.host.perform({ type: "set-device", device: "screen", on: true });
    await b.until(({ remote }) => remote.screen && !remote.camera);
    await decodesMore(b, "video");
    while (b.host.tracks.remoteScreen === null)
      await new Promise((resolve) => setTimeout(resolve, 20));
    expect(b.host.tracks.remoteCamera).to.equal(null);
  });

  longIt(
    "take a new path in one and the same call, and hear of the end on the control channel",
    async () => {
      await connected();
      await Promise.all(
        [a, b].map((page) => page.until(({ securityCode }) => securityCode !== null)),
      );
      const { generation } = a.sight;
      window.dispatchEvent(new Event("online"));
      while ([null, generation.local].includes(a.sight.generation.local))
        await new Promise((resolve) => setTimeout(resolve, 20));
      await decodesMore(a, "audio");
      expect(a.sight.saidTypes).not.to.include("restart");
      pair.a.other = null;
      await a.host.perform({ type: "hang-up" });
      await b.until(({ state }) => state === "ended");
      expect(pair.a.said).to.include("endCall");
      expect(pair.b.said).not.to.include("endCall");
    },
  );
});
