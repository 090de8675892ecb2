import "livekit-client/e2ee-worker";
import type { Bytes } from "../../src/crypto/bytes.ts";
import { FrameOpener, FrameSealer } from "../../src/crypto/frames/frame-layout.ts";
import { FramePipeline } from "../../src/crypto/frames/frame-pipeline.ts";
import { Epoch } from "../../src/crypto/agreement/key-schedule.ts";
import type { TrackId } from "../../src/crypto/agreement/key-schedule.ts";
import type { FrameStreams } from "../../src/crypto/worker/worker-protocol.ts";
import { inTurn, throughStreams } from "./frames.ts";
import type { Turn } from "./frames.ts";

/** One way to encrypt frames: what it seals it can open, each frame once. Both give the mean cost of a frame in microseconds. */
export interface Subject {
  seal(turn: Turn): Promise<number>;
  open(turn: Turn): Promise<number>;
}

const parameters = { name: "AES-GCM", iv: new Uint8Array(12), additionalData: new Uint8Array(2) };
const rawKey = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, [
  "encrypt",
  "decrypt",
]);
const encrypt = (plaintext: ArrayBuffer) => crypto.subtle.encrypt(parameters, rawKey, plaintext);
const decrypt = (sealed: ArrayBuffer) => crypto.subtle.decrypt(parameters, rawKey, sealed);

/** The least that any of them must do. */
export const raw: Subject = {
  seal: (turn) => inTurn(turn, encrypt),
  open: (turn) => inTurn(turn, decrypt),
};

/** With the output moved behind a header, which WebCrypto cannot do. */
export const rawAndCopy: Subject = {
  seal: (turn) => inTurn({ ...turn, take: (sealed) => turn.take(behindHeader(sealed)) }, encrypt),
  open: (turn) =>
    inTurn({ ...turn, buffers: turn.buffers.map((frame) => frame.slice(2)) }, decrypt),
};

/** Cost of the two streams alone: the minimal loop with the raw cipher. */
export const rawLoop: Subject = {
  seal: (turn) => throughStreams(turn, (streams) => void bareLoop(streams, encrypt)),
  open: (turn) => throughStreams(turn, (streams) => void bareLoop(streams, decrypt)),
};

async function bareLoop(
  { readable, writable }: FrameStreams,
  work: (data: ArrayBuffer) => Promise<ArrayBuffer>,
): Promise<void> {
  const reader = readable.getReader();
  const writer = writable.getWriter();
  for (;;) {
    const { done, value: frame } = await reader.read();
    if (done) break;
    frame.data = await work(frame.data);
    await writer.write(frame);
  }
  await writer.close();
}

function behindHeader(sealed: ArrayBuffer): ArrayBuffer {
  const frame = new Uint8Array(2 + sealed.byteLength);
  frame.set(new Uint8Array(sealed), 2);
  return frame.buffer;
}

function epochSecret(): Promise<CryptoKey> {
  const secret: Bytes = crypto.getRandomValues(new Uint8Array(64));
  return crypto.subtle.importKey("raw", secret, { name: "HMAC", hash: "SHA-512" }, false, ["sign"]);
}

/** Sound and picture count for themselves. */
function trackOf({ codec }: Turn): TrackId {
  return codec === "opus" ? 0 : 1;
}

/** The kit's sealer and opener, called in a loop. */
export async function kitDirect(): Promise<Subject> {
  const secret = await epochSecret();
  const sealer = new FrameSealer(new Epoch(secret), "i2r");
  const opener = new FrameOpener(new Epoch(secret), "i2r");
  return {
    seal: (turn) =>
      inTurn(turn, async (plaintext) => {
        const sealed = await sealer.seal(trackOf(turn), plaintext, {
          codec: turn.codec,
          isKey: false,
          width: 1280,
          height: 720,
        });
        if (sealed === null) throw new Error("The key is used up.");
        return sealed.buffer;
      }),
    open: (turn) =>
      inTurn(turn, async (frame) => {
        const opened = await opener.open(trackOf(turn), frame, turn.codec);
        if (opened.result !== "opened") throw new Error(`A frame was ${opened.result}.`);
        return opened.plaintext;
      }),
  };
}

/** The kit as it runs in a call. */
export async function kitLoop(): Promise<Subject> {
  const secret = await epochSecret();
  const [caller, callee] = [new FramePipeline(() => undefined), new FramePipeline(() => undefined)];
  caller.setKeys(secret, "initiator");
  callee.setKeys(secret, "responder");
  return {
    seal: (turn) =>
      throughStreams(
        turn,
        (streams) => void caller.run({ side: "seal", track: trackOf(turn) }, streams),
      ),
    open: (turn) =>
      throughStreams(
        turn,
        (streams) => void callee.run({ side: "open", track: trackOf(turn) }, streams),
      ),
  };
}

const scope = globalThis as unknown as { onmessage: ((event: { data: unknown }) => void) | null };
/** LiveKit's handler for messages of its page, called here so that streams need not cross threads. */
const tellLiveKit = scope.onmessage;
scope.onmessage = null;

/** LiveKit's frame cryptor, with the kit's key size: its own default is 128 bits. */
export async function liveKitLoop(): Promise<Subject> {
  const notify = (kind: string, data: object) => tellLiveKit?.({ data: { kind, data } });
  const keyProviderOptions = {
    sharedKey: false,
    ratchetSalt: "LKFrameEncryptionKey",
    ratchetWindowSize: 8,
    failureTolerance: 10,
    keyringSize: 16,
    keySize: 256,
  };
  notify("init", { keyProviderOptions, loglevel: "silent" });
  const secret = crypto.getRandomValues(new Uint8Array(32));
  const key = await crypto.subtle.importKey("raw", secret, "HKDF", false, [
    "deriveBits",
    "deriveKey",
  ]);
  for (const participantIdentity of ["caller", "callee"]) {
    notify("enable", { enabled: true, participantIdentity });
    notify("setKey", {
      participantIdentity,
      isPublisher: true,
      key,
      keyIndex: 0,
      updateCurrentKeyIndex: true,
    });
  }
  const loop = (kind: "encode" | "decode", participantIdentity: string): Subject["seal"] => {
    return (turn) =>
      throughStreams(turn, ({ readable: readableStream, writable: writableStream }) => {
        const streams = {
          readableStream,
          writableStream,
          trackId: participantIdentity,
          isReuse: false,
          hasPacketTrailer: false,
        };
        notify(kind, {
          participantIdentity,
          ...streams,
          ...(turn.codec === "opus" ? {} : { codec: turn.codec }),
        });
      });
  };
  return { seal: loop("encode", "caller"), open: loop("decode", "callee") };
}
