/** The two functions of lz-string 1.5 that the protocol packs with. */
interface LzString {
  compressToBase64(text: string): string;
  decompressFromBase64(packed: string): string | null;
}

/** A candidate as it is sent. iOS adds null `type` and `protocol`. */
export interface SentCandidate extends RTCIceCandidateInit {
  readonly type?: null;
  readonly protocol?: null;
}

const script = "/node_modules/lz-string/libs/lz-string.js";
let loading: Promise<LzString> | null = null;

/**
 * lz-string is a classic script that leaves a global and exports nothing to a module. A page that has it already (a bench's, or
 * Node, where somebody put it there) is taken at its word.
 */
function lzString(): Promise<LzString> {
  loading ??= (async () => {
    if (!("LZString" in globalThis)) {
      const element = document.createElement("script");
      element.src = script;
      const loaded = new Promise((resolve, reject) => {
        element.onload = resolve;
        element.onerror = () => reject(new Error(`${script} does not load`));
      });
      document.head.append(element);
      await loaded;
    }
    // The script has no types of its own for its global.
    return (globalThis as unknown as { LZString: LzString }).LZString;
  })();
  return loading;
}

/** Packs a value as the protocol does: lz-string's base64 of its JSON. */
export async function pack(value: unknown): Promise<string> {
  return (await lzString()).compressToBase64(JSON.stringify(value));
}

export async function unpackDescription(packed: string): Promise<RTCSessionDescriptionInit> {
  const { type, sdp } = await unpackRecord(packed);
  if ((type !== "offer" && type !== "answer") || typeof sdp !== "string")
    throw new Error("not a description");
  return { type, sdp };
}

export async function unpackCandidates(packed: string): Promise<RTCIceCandidateInit[]> {
  const list = await unpack(packed);
  if (!Array.isArray(list)) throw new Error("not a list of candidates");
  return list.map((entry: unknown) => {
    if (!isRecord(entry)) throw new Error("not a candidate");
    const { candidate, sdpMid, sdpMLineIndex } = entry;
    return {
      candidate: String(candidate),
      sdpMid: typeof sdpMid === "string" ? sdpMid : null,
      sdpMLineIndex: typeof sdpMLineIndex === "number" ? sdpMLineIndex : null,
    };
  });
}

async function unpackRecord(packed: string): Promise<Record<string, unknown>> {
  const value = await unpack(packed);
  if (!isRecord(value)) throw new Error("not an object");
  return value;
}

async function unpack(packed: string): Promise<unknown> {
  const text = (await lzString()).decompressFromBase64(packed);
  if (!text) throw new Error("not packed by lz-string");
  return JSON.parse(text) as unknown;
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
