import { expect } from "@open-wc/testing";
import { delays, loses, repeats } from "../support/simplex/chat.ts";
import { browserDevices } from "../support/simplex/local-media.ts";
import { unpackCandidates, unpackDescription } from "../support/simplex/packing.ts";
import {
  connect,
  decodesMore,
  drops,
  measureFirstMedia,
  silentServers,
  simplexPair,
} from "../support/simplex/pair.ts";
import type { SimplexPair } from "../support/simplex/pair.ts";
import type { Response, Source } from "../support/simplex/protocol.ts";
import type { SimplexApp } from "../support/simplex/app.ts";
import { longIt } from "../support/long-it.ts";

const fastPolls = { timings: { poll: 100 } };

describe("two of SimpleX's pages, as the document tells them", () => {
  let pair: SimplexPair;

  async function connected(
    media: "audio" | "video",
    options: Parameters<typeof simplexPair>[0] = {},
  ): Promise<void> {
    pair = await simplexPair({ pageA: fastPolls, pageB: fastPolls, ...options });
    await connect(pair, media);
  }

  const bothDecode = (...sources: Source[]) =>
    Promise.all(
      [pair.pageA, pair.pageB].flatMap((page) =>
        sources.map((source) => decodesMore(page, source)),
      ),
    );

  const errors = (app: SimplexApp) =>
    app.received.flatMap(({ resp }) => (resp.type === "error" ? [resp.message] : []));

  afterEach(() => {
    const violations = [...pair.a.violations, ...pair.b.violations];
    pair.close();
    expect(violations).to.deep.equal([]);
  });

  longIt("connect with sound, through the states and statuses of the apps", async () => {
    await connected("audio");
    await bothDecode("mic");
    await Promise.all(
      [pair.a, pair.b].map((app) => app.untilResponse(({ resp }) => resp.type === "connected")),
    );
    const reported = [
      "WaitCapabilities",
      "InvitationSent",
      "OfferReceived",
      "Negotiated",
      "Connected",
    ];
    expect(pair.a.states.filter((state) => reported.includes(state))).to.deep.equal(pair.a.states);
    expect(pair.b.states.slice(0, 3)).to.deep.equal([
      "InvitationAccepted",
      "OfferSent",
      "AnswerReceived",
    ]);
    expect(pair.a.chatItem?.status).to.equal("progress");
    expect(pair.a.aesKey).to.match(/^[\w-]{43}=$/);
    expect(pair.a.aesKey).to.equal(pair.b.aesKey);
    for (const page of [pair.pageA, pair.pageB]) {
      expect(page.directions).to.deep.equal(["sendrecv", "sendrecv", "sendrecv", "sendrecv"]);
      expect(page.frameCounts("mic").opened).to.be.greaterThan(0);
      expect(page.frameCounts("mic").dropped).to.equal(0);
      expect((await page.inbound("camera")).bytesReceived).to.equal(0);
      expect(page.shown.description).to.deep.equal({
        state: "connected",
        description: "e2e encrypted",
      });
    }
    const { resp } = pair.b.received.find((message) => message.command?.type === "start")!;
    const { sdp } = await unpackDescription((resp as Extract<Response, { type: "offer" }>).offer);
    expect(sdp).not.to.include("a=candidate");
    const pictures = [...sdp!.matchAll(/m=video \d+ \S+ (\d+)/g)].map(
      ([, first]) => new RegExp(`a=rtpmap:${first!} VP8/90000`),
    );
    expect(pictures.map((vp8) => vp8.test(sdp!))).to.deep.equal([true, true]);
  });

  it("connect with picture, captured in SimpleX's size, and with a screen beside it", async () => {
    await connected("video");
    await bothDecode("mic", "camera");
    expect(pair.pageB.localTrack("camera")!.getSettings().width).to.equal(720);
    expect(await pair.b.media("screenVideo", true)).to.deep.equal({ type: "ok" });
    await decodesMore(pair.pageA, "screenVideo");
    await decodesMore(pair.pageA, "camera");
    expect(await pair.b.media("screenVideo", false)).to.deep.equal({ type: "ok" });
    await pair.a.untilThat(() => !pair.a.peerMedia.has("screenVideo"));
  });

  for (const [who, options] of Object.entries({
    "neither side has": { app: { key: "none" } },
    "only the callee has": { appA: { key: "none" } },
    "only the caller has": { appB: { key: "none" } },
    "a browser cannot use": { pageA: { encryption: false } },
  } as const)) {
    longIt(`run without frame encryption with a key that ${who}`, async () => {
      await connected("audio", options);
      await bothDecode("mic");
      expect([
        pair.pageA.frameCounts("mic").sealed,
        pair.pageB.frameCounts("mic").sealed,
      ]).to.deep.equal([0, 0]);
      const [a, b] = [pair.a, pair.b].map((app) => JSON.stringify(app.line.sent));
      expect(a).not.to.include("aesKey");
      expect(b).not.to.include("aesKey");
    });
  }

  longIt("connect with different keys, and neither decodes anything", async () => {
    await connected("video", { appB: { key: "wrong" } });
    for (const page of [pair.pageA, pair.pageB]) {
      await Promise.all([drops(page, "mic", 50), drops(page, "camera", 20)]);
      const [sound, picture] = [await page.inbound("mic"), await page.inbound("camera")];
      expect(sound.bytesReceived).to.be.greaterThan(0);
      expect(picture.bytesReceived).to.be.greaterThan(0);
      expect([sound.totalAudioEnergy, picture.framesDecoded]).to.deep.equal([0, 0]);
    }
  });

  longIt("send and take the frames and candidates of the native client", async () => {
    await connected("video", { pageB: { platform: "ios" } });
    await bothDecode("mic", "camera");
    expect(
      pair.pageA.frameCounts("camera").dropped + pair.pageB.frameCounts("camera").dropped,
    ).to.equal(0);
    expect(await pair.b.flip("user")).to.deep.equal({
      type: "error",
      message: "camera: unknown command",
    });
  });

  for (const media of ["audio", "video"] as const) {
    for (const [role, options] of Object.entries({
      callee: { pageB: { version: "old" } },
      caller: { pageA: { version: "old" } },
    } as const)) {
      longIt(
        `take an old ${role} in a call with ${media}, where a camera is taken only if the peer sends one`,
        async () => {
          await connected(media, options);
          await bothDecode("mic");
          const [old, current, app] =
            role === "callee" ? [pair.pageB, pair.pageA, pair.a] : [pair.pageA, pair.pageB, pair.b];
          expect(current.isOldPeer).to.equal(true);
          expect(current.directions.length).to.equal(
            role === "caller" ? 4 : media === "video" ? 2 : 1,
          );
          if (role === "caller") expect(current.directions[2]).to.equal("sendonly");
          if (media === "video") {
            await bothDecode("camera");
            await app.media("camera", false);
            expect((await app.media("camera", true)).type).to.equal("ok");
          } else {
            expect((await app.media("camera", true)).type).to.equal("error");
            expect((await old.inbound("camera")).bytesReceived).to.equal(0);
          }
        },
      );
    }
  }

  longIt(
    "switch off a camera that an old peer cannot take, in a reply to nobody's command",
    async () => {
      pair = await simplexPair({ pageB: { version: "old" } });
      pair.a.call("audio");
      await pair.b.untilThat(() => pair.b.isRinging);
      expect((await pair.a.media("camera", true)).type).to.equal("ok");
      expect(pair.pageA.localTrack("camera")?.readyState).to.equal("live");
      pair.b.accept();
      await pair.a.untilResponse(
        ({ command, resp }) => resp.type === "ok" && command?.type === "media" && !command.enable,
      );
      expect(pair.pageA.localTrack("camera")).to.equal(null);
      await pair.a.until("Connected");
    },
  );

  longIt(
    "tell from the bytes that stop when a microphone and a camera are off, and that they are back",
    async () => {
      await connected("video");
      const { a, b, pageA } = pair;
      await b.untilThat(() => b.peerMedia.has("mic") && b.peerMedia.has("camera"));
      const camera = pageA.localTrack("camera")!;
      expect((await a.media("camera", false)).type).to.equal("ok");
      expect((await a.media("mic", false)).type).to.equal("ok");
      expect(camera.readyState).to.equal("ended");
      await b.untilThat(() => b.peerMedia.size === 0);
      await a.media("camera", true);
      await a.media("mic", true);
      await b.untilThat(() => b.peerMedia.has("mic") && b.peerMedia.has("camera"));
      await decodesMore(pair.pageB, "camera");
    },
  );

  longIt(
    "flip the camera: the old track is stopped, the new one asked for, and a microphone that is off stays off",
    async () => {
      const asked: string[] = [];
      const devices: typeof browserDevices = {
        ...browserDevices,
        camera: (facing) => {
          asked.push(`${facing} ${pair.pageA.localTrack("camera")?.readyState ?? "none"}`);
          return browserDevices.camera(facing);
        },
      };
      await connected("video", { pageA: { devices } });
      const before = pair.pageA.localTrack("camera")!;
      await pair.a.media("mic", false);
      expect((await pair.a.flip("environment")).type).to.equal("ok");
      expect(before.readyState).to.equal("ended");
      expect(asked).to.deep.equal(["user none", "environment none"]);
      expect(pair.pageA.localTrack("mic")).to.equal(null);
      await decodesMore(pair.pageB, "camera");
    },
  );

  for (const [who, end] of Object.entries({
    "the caller's app": () => pair.a.end(),
    "the callee's app": () => pair.b.end(),
    "the page's own button": () => pair.pageB.pressEnd(),
  })) {
    longIt(`end on both sides by ${who}`, async () => {
      await connected("audio");
      const microphones = [pair.pageA, pair.pageB].map((page) => page.localTrack("mic")!);
      end();
      await Promise.all([pair.a.until("Ended"), pair.b.until("Ended")]);
      expect([pair.pageA.isClosed, pair.pageB.isClosed]).to.deep.equal([true, true]);
      expect(microphones.map(({ readyState }) => readyState)).to.deep.equal(["ended", "ended"]);
      expect([pair.a.chatItem?.status, pair.b.chatItem?.status]).to.deep.equal(["ended", "ended"]);
      await connect(pair, "audio");
    });
  }

  longIt("end at the first word that the connection is lost", async () => {
    await connected("audio");
    pair.pageB.die();
    await pair.a.until("Ended");
    expect(pair.a.received.slice(-2).map(({ resp }) => resp.type)).to.deep.equal([
      "connection",
      "ended",
    ]);
    expect(pair.pageA.isClosed).to.equal(true);
    await pair.b.until("Ended");
  });

  longIt("keep candidates that come before the offer, and answer them with an error", async () => {
    await connected("audio", { pageB: { variants: { sendsCandidatesBeforeOffer: true } } });
    expect(errors(pair.a)).to.deep.equal(["ice: call not started"]);
    const { resp } = await pair.b.untilResponse((message) => message.resp.type === "offer");
    expect(
      await unpackCandidates((resp as Extract<Response, { type: "offer" }>).iceCandidates),
    ).to.deep.equal([]);
    expect(pair.pageA.remoteSdp).to.include("a=candidate");
    await bothDecode("mic");
  });

  longIt("send a first batch of candidates in time and the others after it", async () => {
    const page = { timings: { firstCandidates: 60, laterCandidates: 100 } };
    await connected("audio", {
      pageB: page,
      app: { iceServers: silentServers },
      chat: { delay: 150 },
    });
    const { resp } = await pair.b.untilResponse((message) => message.resp.type === "ice");
    expect(
      (await unpackCandidates((resp as Extract<Response, { type: "ice" }>).iceCandidates)).length,
    ).to.be.greaterThan(0);
    await pair.a.untilThat(() =>
      pair.a.received.some(
        (message) => message.resp.type === "ok" && message.command?.type === "ice",
      ),
    );
  });

  longIt("refuse an answer that comes twice, at once or later, and go on", async () => {
    const variants = { answersTwice: true };
    await connected("audio", {
      pageA: { variants },
      chat: { fate: repeats("x.call.answer", 300) },
    });
    await pair.b.untilThat(() => errors(pair.b).length === 3);
    expect(errors(pair.b).slice(-2)).to.deep.equal(
      Array(2).fill("answer: remote description already set"),
    );
    await bothDecode("mic");
    expect(pair.b.state).to.equal("Connected");
    // The page's second reply has no command left that it could answer.
    expect(pair.a.line.violations.splice(0)).to.deep.equal(["answer to no open command"]);
  });

  longIt("connect where the answer comes late, over a slow channel", async () => {
    const options = {
      pageA: { variants: { answersLateBy: 500 } },
      pageB: { timings: { unconnected: 600 } },
    };
    await connected("audio", {
      ...options,
      chat: { delay: 100, fate: delays("x.call.answer", 200) },
    });
    const waiting = pair.b.received.filter(
      ({ resp }) => resp.type === "connection" && resp.state.signalingState === "have-local-offer",
    );
    expect(waiting.length).to.be.greaterThan(0);
    await bothDecode("mic");
  });

  for (const [what, options] of Object.entries({
    "a page that never answers": { pageA: { variants: { neverAnswers: true } } },
    "a lost answer": { chat: { fate: loses("x.call.answer") } },
  } as const)) {
    longIt(`report a call that has not connected in time, with ${what}`, async () => {
      pair = await simplexPair({ ...options, pageB: { timings: { unconnected: 400 } } });
      pair.a.call("audio");
      await pair.b.untilThat(() => pair.b.isRinging);
      pair.b.accept();
      await pair.b.until("OfferSent");
      await pair.b.untilResponse(
        ({ resp }) =>
          resp.type === "connection" && resp.state.signalingState === "have-local-offer",
      );
      expect(pair.b.state).to.equal("OfferSent");
      pair.a.end();
      await pair.b.until("Ended");
    });
  }

  longIt("leave a rejected caller waiting, until it hangs up", async () => {
    pair = await simplexPair();
    pair.a.call("audio");
    await pair.b.untilThat(() => pair.b.isRinging);
    pair.b.reject();
    expect([pair.a.chatItem?.status, pair.b.chatItem?.status]).to.deep.equal([
      "pending",
      "rejected",
    ]);
    pair.a.end();
    expect([pair.a.chatItem?.status, pair.b.chatItem?.status]).to.deep.equal([
      "missed",
      "rejected",
    ]);
  });

  it("do not ring for an invitation of more than three minutes ago", async () => {
    pair = await simplexPair({ appA: { now: () => Date.now() - 181_000 } });
    pair.a.call("audio");
    await pair.b.untilThat(() => pair.b.chatItem?.status === "missed");
    expect(pair.b.isRinging).to.equal(false);
  });

  longIt(
    "tell when the first remote media of each side is there: the callee waits for its first batch",
    async () => {
      pair = await simplexPair({ app: { iceServers: silentServers } });
      const { caller, callee } = await measureFirstMedia(pair, "video");
      expect(caller).to.be.within(750, 10_000);
      expect(callee).to.be.within(750, 10_000);
    },
  );
});
