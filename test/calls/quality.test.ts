import { expect } from "@open-wc/testing";
import { ladderRungs, senderLimits, type LadderRung } from "../../src/call/rules/adaptation.ts";
import { judgeQuality, measureUplink } from "../../src/call/state/quality.ts";
import type { IncomingCounts, QualityCounts, QualitySample } from "../../src/call/state/quality.ts";
import { readQuality } from "../../src/media/connection/counts.ts";
import { limitSenders } from "../../src/media/connection/senders.ts";
import { longIt } from "../support/long-it.ts";

/** Two peers in this page: the first sends the fake microphone and camera, the second sound only. */
class Peers {
  readonly first = new RTCPeerConnection();
  readonly second = new RTCPeerConnection();
  #tracks: MediaStreamTrack[] = [];
  #video = document.createElement("video");
  readonly samples: QualitySample[] = [];

  async connect(): Promise<void> {
    for (const [from, to] of [
      [this.first, this.second],
      [this.second, this.first],
    ] as const) {
      from.addEventListener(
        "icecandidate",
        ({ candidate }) => void to.addIceCandidate(candidate ?? undefined),
      );
    }
    const picture = { width: 1280, height: 720, frameRate: 30 };
    const stream = await navigator.mediaDevices.getUserMedia({ audio: true, video: picture });
    this.#tracks = stream.getTracks();
    const [microphone] = stream.getAudioTracks();
    const [camera] = stream.getVideoTracks();
    for (const kind of ["audio", "video", "audio", "video"] as const)
      this.first.addTransceiver(kind, { direction: "sendrecv" });
    const [sound, face] = this.first.getSenders();
    await Promise.all([sound!.replaceTrack(microphone!), face!.replaceTrack(camera!)]);
    await this.first.setLocalDescription();
    await this.second.setRemoteDescription(this.first.localDescription!);
    for (const transceiver of this.second.getTransceivers()) transceiver.direction = "sendrecv";
    await this.second.getSenders()[0]!.replaceTrack(microphone!);
    await this.second.setLocalDescription();
    await this.first.setRemoteDescription(this.second.localDescription!);
    // Chromium decodes what is played.
    this.#video.muted = true;
    this.#video.srcObject = new MediaStream(
      this.second
        .getReceivers()
        .slice(0, 2)
        .map(({ track }) => track),
    );
    document.body.append(this.#video);
    await this.#video.play();
  }

  async counts(of: RTCPeerConnection): Promise<QualityCounts> {
    return readQuality(
      await of.getStats(),
      of.getTransceivers().map(({ mid }) => mid),
    );
  }

  /** Returns the second peer's counts of a received track. */
  async incoming(track: 0 | 1): Promise<IncomingCounts> {
    return (await this.counts(this.second)).tracks[track]!.incoming!;
  }

  async show(rung: LadderRung): Promise<void> {
    const [microphone, camera, screenSound, screen] = this.first.getSenders() as [
      RTCRtpSender,
      RTCRtpSender,
      RTCRtpSender,
      RTCRtpSender,
    ];
    await limitSenders(
      { microphone, camera, screenSound, screen },
      senderLimits(rung, { camera: true, screen: false }),
    );
  }

  /** Takes a sample of the first peer every quarter of a second until they meet a condition. */
  async until(condition: () => boolean | Promise<boolean>): Promise<void> {
    do {
      await new Promise((resolve) => setTimeout(resolve, 250));
      this.samples.push({ at: performance.now(), ...(await this.counts(this.first)) });
    } while (!(await condition()));
  }

  close(): void {
    for (const track of this.#tracks) track.stop();
    this.#video.remove();
    this.first.close();
    this.second.close();
  }
}

const rung = (name: LadderRung["name"]) =>
  ladderRungs.find((candidate) => candidate.name === name)!;

describe("the quality of a real call", () => {
  let peers: Peers;

  beforeEach(async () => {
    peers = new Peers();
    await peers.connect();
  });

  afterEach(() => {
    peers.close();
  });

  it("is measured with plausible figures, both ways", async () => {
    await peers.until(async () => {
      const { framesPerSecond } = await peers.incoming(1);
      const { lossPercent, availableKbps } = measureUplink(peers.samples);
      return (
        (framesPerSecond ?? 0) > 5 &&
        lossPercent !== null &&
        (availableKbps ?? 0) > 0 &&
        peers.samples.length > 8
      );
    });
    const sound = await peers.incoming(0);
    expect(sound.packetsReceived).to.be.above(50);
    expect(sound.bytesReceived).to.be.above(1_000);
    expect(sound.packetsLost).to.be.within(-5, 5);
    expect(sound.jitter).to.be.within(0, 0.5);
    const picture = await peers.incoming(1);
    expect(picture.framesDecoded).to.be.above(5);
    expect(picture.frameHeight).to.be.within(90, 720);
    expect(picture.freezeCount).to.be.at.least(0);
    expect(picture.totalFreezesDuration).to.be.at.least(0);

    const { tracks, path } = peers.samples.at(-1)!;
    expect(tracks[1]!.outgoing!.packetsSent).to.be.above(10);
    expect(tracks[1]!.outgoing!.bytesSent).to.be.above(5_000);
    expect(tracks[1]!.outgoing!.reported!.fractionLost).to.be.within(0, 0.2);
    expect(tracks[1]!.outgoing!.reported!.roundTripTime).to.be.within(0, 1);
    expect(path).to.include({ relayed: false, protocol: "udp" });
    expect(path!.bytesSent).to.be.above(tracks[1]!.outgoing!.bytesSent!);
    expect(path!.checksReceived).to.be.above(0);
    expect(path!.roundTripTime).to.be.within(0, 1);

    const report = judgeQuality(peers.samples);
    expect(report.bars).to.be.within(1, 4);
    expect(report.roundTripMilliseconds).to.be.within(0, 1_000);
    expect(report.outgoingKbps).to.be.within(50, 10_000);
    expect(report.incomingKbps).to.be.within(20, 1_000);
    expect(report.relayed).to.equal(false);
  });

  longIt(
    "goes down and up the ladder: the other side sees fewer and smaller pictures, and then more again",
    async () => {
      await peers.until(async () => ((await peers.incoming(1)).framesPerSecond ?? 0) >= 14);
      await peers.show(rung("180p10"));
      await peers.until(async () => {
        const { framesPerSecond, frameHeight } = await peers.incoming(1);
        return (framesPerSecond ?? 0) > 0 && framesPerSecond! <= 11 && frameHeight! <= 180;
      });
      await peers.show(rung("720p30"));
      await peers.until(async () => {
        const { framesPerSecond, frameHeight } = await peers.incoming(1);
        return framesPerSecond! >= 14 && frameHeight! > 180;
      });
    },
  );

  longIt("keeps the sound when the picture stops for it, and the picture comes back", async () => {
    await peers.until(async () => ((await peers.incoming(1)).framesDecoded ?? 0) > 5);
    await peers.show(rung("audio-only"));
    // Pictures that were on their way still come.
    let before = await peers.incoming(1);
    await peers.until(async () => {
      const now = await peers.incoming(1);
      const hasStopped = now.packetsReceived === before.packetsReceived;
      before = now;
      return hasStopped;
    });
    const soundBefore = (await peers.incoming(0)).packetsReceived!;
    await peers.until(async () => (await peers.incoming(0)).packetsReceived! > soundBefore + 50);
    expect((await peers.incoming(1)).framesDecoded).to.equal(before.framesDecoded);
    await peers.show(rung("180p10"));
    await peers.until(
      async () => (await peers.incoming(1)).framesDecoded! > before.framesDecoded! + 5,
    );
  });
});
