import { expect } from "@open-wc/testing";
import type { CipherMode } from "../../../src/crypto/can-encrypt.ts";
import {
  CompatibleFrames,
  importCompatibleKey,
} from "../../../src/crypto/frames/compatible-frames.ts";
import {
  FrameCipher,
  type FrameCipherOptions,
  CrashMark,
} from "../../../src/crypto/worker/frame-cipher.ts";
import type { TrackId } from "../../../src/crypto/agreement/key-schedule.ts";

const compatibleWorker = new URL("../../../src/crypto/worker/compatible-worker.ts", import.meta.url)
  .href;
const foreignLayout = (key: CryptoKey | null) => key && new CompatibleFrames(key);
const keyBytes = Uint8Array.from({ length: 32 }, (_, at) => at * 3);
const quiet = { opened: () => {}, lost: () => {} };

/** An address for a script's text. `this` of a classic script is its global scope, of a module it is nothing. */
function blobOf(text: string): string {
  return URL.createObjectURL(
    new Blob([`if (this === undefined) throw new Error("A module.");\n${text}`], {
      type: "text/javascript",
    }),
  );
}

/** Returns the API that a cipher with these options selects. */
async function modeOf(options: FrameCipherOptions): Promise<CipherMode | null> {
  const cipher = new FrameCipher(quiet, options);
  await cipher.ready;
  const { mode } = cipher;
  cipher.close();
  return mode;
}

/** A sender and a receiver of sound and a picture in this page, with a cipher on either side. */
class Loop {
  readonly #a = new RTCPeerConnection({ encodedInsertableStreams: true } as RTCConfiguration);
  readonly #b = new RTCPeerConnection({ encodedInsertableStreams: true } as RTCConfiguration);
  readonly #sound = new AudioContext();
  readonly sealing: FrameCipher;
  readonly opening: FrameCipher;
  readonly #opened = new Set<TrackId>();
  #look: () => void = () => {};

  constructor(sealing: FrameCipherOptions, opening: FrameCipherOptions) {
    this.sealing = new FrameCipher(quiet, sealing);
    this.opening = new FrameCipher(
      {
        ...quiet,
        opened: (track) => {
          this.#opened.add(track);
          this.#look();
        },
      },
      opening,
    );
  }

  async connect(): Promise<void> {
    await Promise.all([this.sealing.ready, this.opening.ready]);
    const canvas = document.createElement("canvas");
    const context = canvas.getContext("2d")!;
    const draw = () => {
      context.fillRect(Math.random() * 100, 0, 10, 10);
      if (this.#a.connectionState !== "closed") requestAnimationFrame(draw);
    };
    draw();
    const tone = this.#sound.createMediaStreamDestination();
    const oscillator = this.#sound.createOscillator();
    oscillator.connect(tone);
    oscillator.start();
    const tracks = [
      tone.stream.getAudioTracks()[0]!,
      canvas.captureStream(20).getVideoTracks()[0]!,
    ];
    this.#b.ontrack = ({ receiver }) =>
      void this.opening.attachReceiver(receiver, receiver.track.kind === "audio" ? 0 : 1);
    for (const [from, to] of [
      [this.#a, this.#b],
      [this.#b, this.#a],
    ] as const)
      from.onicecandidate = ({ candidate }) => void to.addIceCandidate(candidate ?? undefined);
    const attached = (["audio", "video"] as const).map(async (kind, at) => {
      const { sender } = this.#a.addTransceiver(kind, { direction: "sendonly" });
      await this.sealing.attachSender(sender, at as TrackId);
      await sender.replaceTrack(tracks[at]!);
    });
    await this.#a.setLocalDescription();
    await this.#b.setRemoteDescription(this.#a.localDescription!);
    await this.#b.setLocalDescription();
    await this.#a.setRemoteDescription(this.#b.localDescription!);
    await Promise.all(attached);
  }

  /** Waits until sound and picture have been opened on the other side. */
  untilOpened(): Promise<void> {
    return new Promise((resolve) => {
      this.#look = () => {
        if (this.#opened.size === 2) resolve();
      };
      this.#look();
    });
  }

  close(): void {
    this.#a.close();
    this.#b.close();
    this.sealing.close();
    this.opening.close();
    void this.#sound.close();
  }
}

describe("a frame cipher with the key of SimpleX's own apps", () => {
  const ways: Record<string, FrameCipherOptions> = {
    "in a worker": { modes: ["script-transform"], workerUrl: compatibleWorker },
    "in a worker that gets the engine's streams": {
      modes: ["encoded-streams"],
      workerUrl: compatibleWorker,
    },
    "in a worker from a text": {
      modes: ["script-transform"],
      // In production this text is a bundle; here it imports the same program from source.
      workerUrl: blobOf(`import(${JSON.stringify(compatibleWorker)});`),
    },
    "on the main thread": { modes: ["main-thread"], foreignLayout },
  };

  for (const [name, options] of Object.entries(ways)) {
    it(`takes real sound and a real picture to the other side: ${name}`, async () => {
      const loop = new Loop(options, options);
      await loop.connect();
      expect([loop.sealing.mode, loop.opening.mode]).to.deep.equal([
        options.modes![0],
        options.modes![0],
      ]);
      for (const cipher of [loop.sealing, loop.opening])
        cipher.setCompatibleKey(await importCompatibleKey(keyBytes));
      await loop.untilOpened();
      expect((await loop.opening.counts()).map(({ forged }) => forged)).to.deep.equal([0, 0]);
      loop.close();
    });
  }

  it("lets nothing out in the kit's own worker, which does not have the layout", async () => {
    const own = { modes: ["script-transform"] } as const;
    const loop = new Loop(own, own);
    await loop.connect();
    for (const cipher of [loop.sealing, loop.opening])
      cipher.setCompatibleKey(await importCompatibleKey(keyBytes));
    let dropped = 0;
    while (dropped < 10) {
      const counts = await loop.sealing.counts();
      expect(counts.map(({ sealed }) => sealed)).to.deep.equal(counts.map(() => 0));
      dropped = counts.reduce((sum, { unsealed }) => sum + unsealed, 0);
    }
    loop.close();
  });
});

describe("the worker of a frame cipher", () => {
  it("starts from a text as a classic script, which is all that a page from a file can start", async () => {
    const workerUrl = blobOf(`postMessage({ type: "ready" });`);
    expect(await modeOf({ modes: ["script-transform"], workerUrl })).to.equal("script-transform");
  });

  it("gives way to the main thread where its address is refused, and where it does not run", async () => {
    const gone = blobOf("");
    URL.revokeObjectURL(gone);
    for (const workerUrl of ["https://elsewhere.example/worker.js", gone]) {
      expect(await modeOf({ workerUrl })).to.equal("main-thread");
    }
  });

  it("is not used where a mark is needed and no storage holds it, as long as there is another way", async () => {
    const items = new Map<string, string>();
    const storage = {
      getItem: (name: string) => items.get(name) ?? null,
      setItem: (name: string, value: string) => void items.set(name, value),
      removeItem: (name: string) => void items.delete(name),
    };
    const [holding, without] = [() => new CrashMark(storage), () => new CrashMark(null)];
    expect(await modeOf({ needsMark: true, mark: without() })).to.equal("main-thread");
    expect(await modeOf({ needsMark: true, mark: holding() })).to.equal("script-transform");
    expect(await modeOf({ mark: without() })).to.equal("script-transform");
    expect(
      await modeOf({ needsMark: true, mark: without(), modes: ["script-transform"] }),
    ).to.equal("script-transform");
  });
});
