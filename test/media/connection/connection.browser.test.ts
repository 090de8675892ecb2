import { expect } from "@open-wc/testing";
import { limits } from "../../../src/signalling/plain-copy.ts";
import { isSessionDescription } from "../../../src/signalling/messages.ts";
import { fingerprintOf } from "../../../src/media/connection/certificate.ts";
import { MediaConnection } from "../../../src/media/connection/connection.ts";
import {
  connectionOptions,
  ConnectionPair,
  ConnectionWatch,
  drawnTrack,
} from "../../support/connection-pair.ts";
import { ConnectionSight } from "../../support/connection-sight.ts";
import { description, signal } from "../../support/signals.ts";
import { codeRejectedBy, codeThrownBy } from "../../support/thrown.ts";
import { settled } from "../../support/virtual-clock.ts";
import { waitUntil } from "../../support/wait-until.ts";

describe("a connection of two sides in this page", () => {
  let pair: ConnectionPair;

  beforeEach(() => {
    pair = new ConnectionPair();
  });

  afterEach(() => {
    pair.close();
  });

  it("connects, and opens the control channel on both sides", async () => {
    await pair.connect();
    await Promise.all([
      pair.watchA.until(() => pair.watchA.paths.includes("connected")),
      pair.watchB.until(() => pair.watchB.paths.includes("connected")),
    ]);
    pair.a.sendControl("from a");
    await pair.watchB.until(() => pair.watchB.received.includes("from a"));
    pair.b.sendControl("from b");
    await pair.watchA.until(() => pair.watchA.received.includes("from b"));
  });

  for (const rejects of [false, true])
    it(`plays the sound of a shared screen in ${rejects ? "one channel where the engine takes its own description only" : "two channels"}`, async () => {
      type Describe = (given?: RTCLocalSessionDescriptionInit) => Promise<void>;
      const prototype = RTCPeerConnection.prototype as { setLocalDescription: Describe };
      const usual = prototype.setLocalDescription;
      if (rejects)
        prototype.setLocalDescription = function set(
          this: RTCPeerConnection,
          given?: RTCLocalSessionDescriptionInit,
        ) {
          return given?.sdp?.includes("stereo=1") === true
            ? Promise.reject(new DOMException("Altered.", "InvalidModificationError"))
            : usual.call(this, given);
        };
      const context = new AudioContext();
      const player = new Audio();
      try {
        pair.close();
        pair = new ConnectionPair({}, false);
        await pair.connect();
        const merger = new ChannelMergerNode(context, { numberOfInputs: 2 });
        for (const [input, frequency] of [440, 1000].entries()) {
          const tone = new OscillatorNode(context, { frequency });
          tone.connect(merger, 0, input);
          tone.start();
        }
        const output = new MediaStreamAudioDestinationNode(context, { channelCount: 2 });
        merger.connect(output);
        await context.resume();
        await pair.a.setTrack(2, output.stream.getAudioTracks()[0]!);
        const heard = new MediaStream([pair.b.remoteTrack(2)!]);
        player.srcObject = heard;
        await player.play();
        const splitter = new ChannelSplitterNode(context, { numberOfOutputs: 2 });
        context.createMediaStreamSource(heard).connect(splitter);
        const [left, right] = [0, 1].map((channel) => {
          const analyser = new AnalyserNode(context, { fftSize: 4096 });
          splitter.connect(analyser, channel);
          return analyser;
        });
        const decibels = (analyser: AnalyserNode, hertz: number) => {
          const bins = new Float32Array(analyser.frequencyBinCount);
          analyser.getFloatFrequencyData(bins);
          return bins[Math.round((hertz * analyser.fftSize) / context.sampleRate)]!;
        };
        await waitUntil(() => decibels(left!, 440) > -40 && decibels(right!, 1000) > -40);
        const apart = Math.min(
          decibels(left!, 440) - decibels(left!, 1000),
          decibels(right!, 1000) - decibels(right!, 440),
        );
        if (rejects) expect(Math.abs(apart)).to.be.below(6);
        else expect(apart).to.be.above(20);
      } finally {
        prototype.setLocalDescription = usual;
        player.srcObject = null;
        await context.close();
      }
    });

  it("has descriptions of the shape that a call has, on both sides", async () => {
    const { offer, answer } = await pair.connect();
    expect([isSessionDescription(offer), isSessionDescription(answer)]).to.deep.equal([true, true]);
  });

  it("has an offer that fits into an invitation with its keys", async () => {
    const offer = await pair.a.createOffer();
    const size = JSON.stringify(signal("invite", { offer })).length;
    expect(size).to.be.lessThan(limits.inviteSize);
  });

  it("says in its descriptions nothing of addresses or of the voice", async () => {
    const { offer, answer } = await pair.connect();
    for (const sdp of [offer, answer]) {
      for (const text of ["candidate:", "audio-level", ".local", "127.0.0.1"])
        expect(sdp).not.to.contain(text);
      expect(
        sdp.match(/^(?:c=|o=).*/gm)?.every((line) => line.endsWith("IN IP4 0.0.0.0")),
      ).to.equal(true);
    }
  });

  it("trickles its candidates to the listener only, and says when they are all", async () => {
    const { offer } = await pair.connect();
    await pair.watchA.until(() => pair.watchA.hasFoundAll);
    expect(pair.watchA.candidates.length).to.be.greaterThan(0);
    for (const { candidate } of pair.watchA.candidates) expect(candidate).to.match(/^candidate:/);
    expect(offer).not.to.contain("typ host");
  });

  it("takes candidates that come before the other side's description", async () => {
    const offer = await pair.a.createOffer();
    await pair.watchA.until(() => pair.watchA.hasFoundAll);
    const early = [...pair.watchA.candidates];
    // The pair has handed them over already: they waited for the offer.
    expect(early.length).to.be.greaterThan(0);
    const answer = await pair.b.answerOffer(offer);
    await pair.a.applyAnswer(answer);
    await pair.watchB.until(() => pair.watchB.isOpen);
  });

  it("applies an offer and creates the answer while it rings, without gathering an address", async () => {
    const offer = await pair.a.createOffer();
    await pair.b.applyOffer(offer);
    expect(pair.b.states).to.deep.include({
      signalingState: "have-remote-offer",
      iceGatheringState: "new",
      iceConnectionState: "new",
    });
    // In the time in which an engine that gathers finds all addresses of this machine.
    await pair.watchA.until(() => pair.watchA.hasFoundAll);
    expect(pair.watchB.candidates).to.deep.equal([]);
    expect(pair.b.states.iceGatheringState).to.equal("new");
    await pair.a.applyAnswer(await pair.b.answerOffer(offer));
    await pair.watchB.until(() => pair.watchB.isOpen && pair.watchB.candidates.length > 0);
  });

  it("passes over a candidate that the engine refuses", async () => {
    const offer = await pair.a.createOffer();
    const bad = {
      candidate: "candidate:nonsense",
      sdpMid: "77",
      sdpMLineIndex: 15,
      usernameFragment: null,
    };
    await pair.b.addCandidates([bad]);
    const answer = await pair.b.answerOffer(offer);
    await pair.b.addCandidates([
      bad,
      { ...bad, candidate: "candidate:1 1 carrier-pigeon 1 x 0 typ host" },
    ]);
    await pair.a.applyAnswer(answer);
    await pair.watchB.until(() => pair.watchB.isOpen);
  });

  it("reads back from the applied descriptions the fingerprints that the two sides have", async () => {
    const { offer, answer } = await pair.connect();
    const hex = (bytes: Uint8Array) => [...bytes].join();
    expect(hex(pair.a.fingerprints().local)).to.equal(hex(fingerprintOf(offer)));
    expect(hex(pair.a.fingerprints().remote)).to.equal(hex(fingerprintOf(answer)));
    expect(hex(pair.b.fingerprints().remote)).to.equal(hex(pair.a.fingerprints().local));
  });

  it("has no fingerprints before both descriptions are applied", async () => {
    await pair.a.createOffer();
    expect(codeThrownBy(() => pair.a.fingerprints())).to.equal("insecure");
  });

  it("knows the meaning of its payload types", async () => {
    await pair.connect();
    const names = [...pair.a.mimeTypes().values()].map((name) => name.toLowerCase());
    expect(names).to.include.members(["audio/opus", "video/vp8"]);
    expect(names).not.to.include("audio/pcmu");
  });

  it("counts nothing where nothing is sent, and goes through no relay", async () => {
    await pair.connect();
    const { counts, relayed } = await pair.a.measure();
    expect(counts).to.deep.equal([0, 1, 2, 3].map((track) => ({ track, left: 0, arrived: 0 })));
    expect(relayed).to.equal(false);
  });

  it("has four tracks of the other side, in their order", async () => {
    await pair.connect();
    const kinds = ([0, 1, 2, 3] as const).map((index) => pair.b.remoteTrack(index)?.kind);
    expect(kinds).to.deep.equal(["audio", "video", "audio", "video"]);
  });

  it("gives every sender and receiver to the hooks, the senders without a track", async () => {
    await pair.connect();
    const all = ["audio", "video", "audio", "video"].flatMap((kind, at) => [
      `sender ${at} without a track`,
      `receiver ${at} ${kind}`,
    ]);
    expect(pair.watchA.attached).to.deep.equal(all);
    expect(pair.watchB.attached).to.deep.equal(all);
  });

  it("says a last word before it closes", async () => {
    await pair.connect();
    pair.a.sendControl("goodbye");
    pair.a.close();
    await pair.watchB.until(() => pair.watchB.received.includes("goodbye"));
  });
});

describe("the tracks of a connection", () => {
  it("wait until the frames are in the cipher's hands", async () => {
    const watch = new ConnectionWatch();
    let open = () => {};
    watch.gate = new Promise((resolve) => (open = resolve));
    const connection = new MediaConnection(connectionOptions, watch, watch);
    await connection.createOffer();
    let isPlaced = false;
    const placing = connection.setTrack(1, drawnTrack()).then(() => (isPlaced = true));
    await settled();
    expect(isPlaced).to.equal(false);
    open();
    await placing;
    connection.close();
  });

  it("may be set before there is an offer: they wait for it", async () => {
    const watch = new ConnectionWatch();
    const connection = new MediaConnection(connectionOptions, watch, watch);
    let isPlaced = false;
    const placing = connection.setTrack(1, drawnTrack()).then(() => (isPlaced = true));
    await settled();
    expect(isPlaced).to.equal(false);
    await connection.createOffer();
    await placing;
    connection.close();
  });

  it("are not set any more once it is closed", async () => {
    const watch = new ConnectionWatch();
    const connection = new MediaConnection(connectionOptions, watch, watch);
    await connection.createOffer();
    connection.close();
    await connection.setTrack(1, drawnTrack());
  });
});

describe("a connection that is not to show addresses", () => {
  it("finds no candidate without a relay", async () => {
    const pair = new ConnectionPair({ relayOnly: true });
    await pair.a.createOffer();
    await pair.watchA.until(() => pair.watchA.hasFoundAll);
    expect(pair.watchA.candidates).to.deep.equal([]);
    pair.close();
  });
});

describe("a connection that cannot be", () => {
  it("refuses an invalid list of servers without repeating it", () => {
    const watch = new ConnectionWatch();
    const make = () =>
      new MediaConnection(
        { ...connectionOptions, iceServers: [{ urls: "not a server" }] },
        watch,
        watch,
      );
    expect(codeThrownBy(make)).to.equal("bad-argument");
    expect(make).not.to.throw("not a server");
  });

  it("refuses an offer or an answer that the engine refuses", async () => {
    const pair = new ConnectionPair();
    expect(await codeRejectedBy(pair.b.answerOffer("nonsense"))).to.equal("bad-signal");
    await pair.a.createOffer();
    expect(await codeRejectedBy(pair.a.applyAnswer(description()))).to.equal("bad-signal");
    pair.close();
  });

  it("refuses an offer that has other sections than a call's four", async () => {
    const other = new RTCPeerConnection();
    other.addTransceiver("audio");
    other.createDataChannel("x");
    const { sdp = "" } = await other.createOffer();
    const pair = new ConnectionPair();
    expect(await codeRejectedBy(pair.b.answerOffer(sdp))).to.equal("bad-signal");
    other.close();
    pair.close();
  });

  it("may be closed twice, and before anything has happened", () => {
    const pair = new ConnectionPair();
    pair.close();
    pair.close();
    pair.a.sendControl("nobody hears this");
  });
});

describe("a connection with one picture and one sound", () => {
  const sections = "by-kind" as const;
  const channels = [
    { label: "one", id: 1 },
    { label: "five", id: 5 },
  ];

  it("offers the picture first, and has both by their kind on the other side", async () => {
    const pair = new ConnectionPair({ sections });
    const { offer, answer } = await pair.connect();
    for (const sdp of [offer, answer])
      expect([...sdp.matchAll(/^m=(\w+)/gm)].map(([, kind]) => kind)).to.deep.equal([
        ...["video", "audio", "application"],
      ]);
    for (const side of [pair.a, pair.b])
      expect(([0, 1, 2, 3] as const).map((index) => side.remoteTrack(index)?.kind)).to.deep.equal([
        ...["audio", "video", undefined, "video"],
      ]);
    const names = (watch: ConnectionWatch) => watch.attached.map((name) => name.slice(0, 10));
    expect(names(pair.watchB).sort()).to.deep.equal(names(pair.watchA).sort());
    pair.close();
  });

  it("sends the shared screen in the camera's place, whichever comes and goes first", async () => {
    const sight = new ConnectionSight();
    const side = sight.ports.createConnection(
      { ...connectionOptions, sections },
      null,
      new ConnectionWatch(),
    );
    await side.createOffer();
    const [camera, screen] = [drawnTrack(), drawnTrack()];
    const sent = () => sight.peer!.getTransceivers()[0]!.sender.track;
    const steps = [
      [1, camera, camera],
      [3, screen, screen],
      [1, null, screen],
      [1, camera, screen],
      [3, null, camera],
      [1, null, null],
    ] as const;
    for (const [index, track, expected] of steps) {
      await side.setTrack(index, track);
      expect(sent() === expected, `${index} ${String(track?.kind)}`).to.equal(true);
    }
    side.close();
  });

  it("takes the first of each kind of an offer that has more, and an offer without a picture", async () => {
    const foreign = new RTCPeerConnection();
    const offerOf = async (...kinds: string[]) => {
      for (const kind of kinds) foreign.addTransceiver(kind);
      await foreign.setLocalDescription();
      return foreign.localDescription!.sdp;
    };
    const answerer = () => {
      const watch = new ConnectionWatch();
      return new MediaConnection({ ...connectionOptions, sections }, watch, watch);
    };
    const [one, two] = [answerer(), answerer()];
    await one.answerOffer(await offerOf("audio"));
    expect([one.remoteTrack(0)?.kind, one.remoteTrack(1)]).to.deep.equal(["audio", null]);
    await two.answerOffer(await offerOf("video", "video", "audio"));
    expect([two.remoteTrack(0)?.kind, two.remoteTrack(1)?.kind]).to.deep.equal(["audio", "video"]);
    for (const side of [one, two, foreign]) side.close();
  });

  it("carries the channels of a foreign protocol, each by its number", async () => {
    const reported: [string, number, unknown][] = [];
    const listener = (name: string) => ({
      channelOpened: (id: number) => void reported.push([name, id, "open"]),
      channelReceived: (id: number, data: unknown) => void reported.push([name, id, data]),
    });
    const pair = new ConnectionPair({ sections, channels });
    Object.assign(pair.watchA, listener("a"));
    Object.assign(pair.watchB, listener("b"));
    pair.a.sendOn(1, "too early, and dropped");
    await pair.connect();
    while (reported.length < 4) await new Promise((resolve) => setTimeout(resolve, 10));
    pair.a.sendOn(5, "from a");
    pair.b.sendOn(1, "from b");
    pair.b.sendOn(3, "on no channel");
    while (reported.length < 6) await new Promise((resolve) => setTimeout(resolve, 10));
    expect(reported).to.deep.include.members([
      ["b", 5, "from a"],
      ["a", 1, "from b"],
    ]);
    pair.close();
  });
});
