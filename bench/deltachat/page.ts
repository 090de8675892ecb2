import { appPair } from "../../test/support/deltachat/app.ts";
import type { HostCalls, OpenedPage, OpenPage } from "../../test/support/deltachat/app.ts";
import { KitPage } from "../../test/support/deltachat/kit.ts";
import { DeltachatPeer } from "../../test/support/deltachat/peer.ts";
import { drawnCamera, drawnPageDevices, Player } from "../../test/support/simplex-kit.ts";

/** Milliseconds from the callee's accept to the first decoded picture of the other side, the later of both sides. */
declare global {
  interface Window {
    measurePicture(): Promise<number>;
  }
}

/** A page that is open, and what a person does on it. */
interface Subject {
  readonly open: OpenPage;
  isRinging(): boolean;
  accept(): void;
}

// With 25 the figures come in steps of 40 ms, which is more than what is compared.
drawnCamera.framesPerSecond = 60;
// A camera whose frames count from the accept would round every figure up to the next of its frames: one subject may be just in time
// for a frame, and another just too late.
drawnCamera.isInStep = false;

const pictures: Promise<number>[] = [];
// The connections are the pages' own secret: their tracks are watched where they come to be.
window.RTCPeerConnection = class extends RTCPeerConnection {
  constructor(configuration?: RTCConfiguration) {
    super(configuration);
    pictures.push(
      new Promise((resolve) => {
        this.addEventListener("track", ({ track }) => {
          if (track.kind === "video") void firstFrame(track).then(resolve);
        });
      }),
    );
  }
};

/** Independent of painting, which a page in the background does not do. */
async function firstFrame(track: MediaStreamTrack): Promise<number> {
  const reader = new MediaStreamTrackProcessor({ track }).readable.getReader();
  const { value } = await reader.read();
  const time = performance.now();
  value?.close();
  void reader.cancel();
  return time;
}

const subjects: Record<string, () => Subject> = {
  kit: () => {
    const kit = new KitPage({ hearsNetwork: false });
    return {
      open: kit.open,
      isRinging: () => kit.isOpen && kit.host.snapshot.state === "incoming",
      accept: () => void kit.host.perform({ type: "accept", media: "video" }),
    };
  },
  page: () => {
    const { open, peer } = DeltachatPeer.opener();
    return {
      open,
      isRinging: () => peer().isRinging,
      accept: () => {
        peer().pressAccept();
      },
    };
  },
  bare: () => bare(null),
  shown: () => bare(new Player()),
};

function bare(player: Player | null): Subject {
  let made: Bare | null = null;
  return {
    open: (calls) => (made = new Bare(calls, player)),
    isRinging: () => made?.offer !== null,
    accept: () => void made?.accept(),
  };
}

/** The least that any call of this protocol needs: candidates inside of offer and answer. No encryption, no checks, no waits. */
class Bare implements OpenedPage {
  offer: string | null = null;
  readonly #calls: HostCalls;
  /** Sound and picture of a person in step, as in any call: an engine holds a picture back until its sound is there. */
  readonly #person = new MediaStream();
  readonly #connection = new RTCPeerConnection({ bundlePolicy: "max-bundle" });

  /** @param player plays what arrives; `null`: nobody sees or hears it. */
  constructor(calls: HostCalls, player: Player | null) {
    this.#calls = calls;
    this.#connection.addEventListener("track", ({ track }) => player?.add(track));
    for (const id of [1, 3, 5])
      this.#connection.createDataChannel(String(id), { negotiated: true, id });
  }

  takeHash(hash: string): void {
    const [name = "", payload = ""] = decodeURIComponent(hash.slice(1)).split(/=(.*)/s);
    if (name === "startCall") void this.#start();
    if (name === "offerIncomingCall") this.offer = atob(payload);
    if (name === "onAnswer")
      void this.#connection.setRemoteDescription({ type: "answer", sdp: atob(payload) });
  }

  async accept(): Promise<void> {
    const connection = this.#connection;
    await connection.setRemoteDescription({ type: "offer", sdp: this.offer ?? "" });
    for (const transceiver of connection.getTransceivers()) {
      transceiver.direction = "sendrecv";
      transceiver.sender.setStreams(this.#person);
    }
    void this.#capture();
    this.#calls.acceptCall(await this.#describe());
  }

  close(): void {
    for (const { sender } of this.#connection.getTransceivers()) sender.track?.stop();
    this.#connection.close();
  }

  async #start(): Promise<void> {
    for (const kind of ["video", "audio"])
      this.#connection.addTransceiver(kind, { streams: [this.#person] });
    await this.#capture();
    this.#calls.startCall(await this.#describe());
  }

  async #capture(): Promise<void> {
    const devices = drawnPageDevices();
    const [video, audio] = this.#connection.getTransceivers();
    await audio?.sender.replaceTrack(await devices.microphone());
    await video?.sender.replaceTrack(await devices.camera("user"));
  }

  async #describe(): Promise<string> {
    const connection = this.#connection;
    const gathered = new Promise<void>((resolve) => {
      connection.addEventListener("icegatheringstatechange", () => {
        if (connection.iceGatheringState === "complete") resolve();
      });
    });
    await connection.setLocalDescription();
    await gathered;
    return connection.localDescription?.sdp ?? "";
  }
}

const names = (new URLSearchParams(location.search).get("subject") ?? "").split("-");
const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

window.measurePicture = async () => {
  const [caller, callee] = names.map((name) => subjects[name]?.());
  if (!caller || !callee) throw new Error("The bench's own script names the subjects.");
  const pair = appPair(caller.open, callee.open);
  pair.a.call();
  while (pair.b.page === null || !callee.isRinging()) await pause(10);
  // The time that a person needs to see that it rings.
  await pause(500);
  const accepted = performance.now();
  callee.accept();
  while (pictures.length < 2) await pause(1);
  const times = await Promise.all(pictures);
  return Math.max(...times) - accepted;
};

/** Chromium's; not in TypeScript's DOM library. https://w3c.github.io/mediacapture-transform/ */
declare class MediaStreamTrackProcessor {
  constructor(init: { track: MediaStreamTrack });
  readonly readable: ReadableStream<VideoFrame>;
}
