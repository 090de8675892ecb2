import { fromBase64url, lengthPrefixed, utf8, type Bytes } from "../bytes.ts";
import { toBase64url } from "../base64url.ts";

/*
 * Secrets that outlive the key agreement of a call:
 *
 *   resume     = HKDF-Expand(hs, "sx-call/1 resume", 32)       proves, in the call that resumes this one, that its caller was in it
 *   continuity = HKDF-Expand(hs, "sx-call/1 continuity", 32)   from a verified call to the host: the next call's host secret
 *   text       = HKDF-Expand(hs, "sx-call/1 text", 64)         the keys of text in this call: see ../text/text-cipher.ts
 */

/** Fields of an invitation that resumes a call, in their transport encoding. */
export interface ResumingInvite {
  readonly callId: string;
  readonly seq: number;
  readonly media: string;
  readonly sentAt: number;
  readonly offer: string;
  readonly keys: { readonly x25519: string; readonly mlkem768: string };
  readonly commitment: string;
  readonly resumes: string;
  readonly device: string;
}

/** Secret by which both sides of a call recognise each other when the call is resumed. */
export class ResumptionSecret {
  /** Non-extractable. Only for stores with structured clone. */
  readonly key: CryptoKey;

  constructor(key: CryptoKey) {
    this.key = key;
  }

  /** @returns the proof for an invitation: a MAC over all its fields, base64url. */
  async prove(invite: ResumingInvite): Promise<string> {
    return toBase64url(
      new Uint8Array(await crypto.subtle.sign("HMAC", this.key, inviteFields(invite))),
    );
  }

  /** Returns `true` where the sender of the invitation has the secret, and no field was changed. */
  async isProof(invite: ResumingInvite, proof: string): Promise<boolean> {
    try {
      const mac = fromBase64url(proof, 64);
      return await crypto.subtle.verify("HMAC", this.key, mac, inviteFields(invite));
    } catch {
      return false;
    }
  }

  /** Returns key input for the resuming call. The secret itself never leaves the engine. */
  async inputFor(transcript: Bytes): Promise<Bytes> {
    const message = lengthPrefixed(utf8("sx-call/1 resumed keys"), transcript);
    return new Uint8Array(await crypto.subtle.sign("HMAC", this.key, message));
  }
}

/** Secrets of a call for later ones, and for its text. */
export class Successors {
  readonly resumption: ResumptionSecret;
  /** Non-extractable HMAC key. */
  readonly text: CryptoKey;
  /** Extractable for the host at the end of a verified call. Dropped at the end of other calls. */
  readonly #continuity: CryptoKey;

  constructor(resumption: ResumptionSecret, continuity: CryptoKey, text: CryptoKey) {
    this.resumption = resumption;
    this.text = text;
    this.#continuity = continuity;
  }

  /** @returns 32 bytes that both hosts may set as the host secret of the next call. */
  async exportContinuity(): Promise<Bytes> {
    return new Uint8Array(await crypto.subtle.exportKey("raw", this.#continuity));
  }
}

/** @param hkdf returns HKDF parameters for a label, with the transcript as salt. */
export async function deriveSuccessors(
  material: CryptoKey,
  hkdf: (label: string) => HkdfParams,
): Promise<Successors> {
  const hmac = { name: "HMAC", hash: "SHA-512" };
  const derive = (label: string, extractable: boolean, usages: KeyUsage[], length = 256) =>
    crypto.subtle.deriveKey(hkdf(label), material, { ...hmac, length }, extractable, usages);
  const [resume, continuity, text] = await Promise.all([
    derive("sx-call/1 resume", false, ["sign", "verify"]),
    derive("sx-call/1 continuity", true, ["sign"]),
    derive("sx-call/1 text", false, ["sign"], 512),
  ]);
  return new Successors(new ResumptionSecret(resume), continuity, text);
}

function inviteFields(invite: ResumingInvite): Bytes {
  const { callId, seq, media, sentAt, offer, keys, commitment, resumes, device } = invite;
  const texts = [callId, `${seq}`, media, `${sentAt}`, offer, keys.x25519, keys.mlkem768];
  return lengthPrefixed(
    ...["sx-call/1 resuming invite", ...texts, commitment, resumes, device].map(utf8),
  );
}

/** Stored data of a call, for the call that resumes it. */
export interface Resumption {
  readonly callId: string;
  /** Part of the key: two views of one page may be both sides of one call. */
  readonly side: "outgoing" | "incoming";
  readonly secret: ResumptionSecret;
  readonly securityCode: readonly number[];
  readonly verification: { readonly local: boolean | null; readonly remote: boolean | null };
  /** This side's device in the call, and the other side's. */
  readonly device: string;
  readonly peer: string;
}

/** Stores resumptions across a reload of the page. */
export interface ResumptionStore {
  /** @param now current time in milliseconds since the epoch, stored as the record's last update. */
  save(resumption: Resumption, now: number): Promise<void>;
  /** @returns the record after removing it; `null` for none or an expired one. */
  take(callId: string, side: Resumption["side"], now: number): Promise<Resumption | null>;
  remove(callId: string, side: Resumption["side"]): Promise<void>;
}

/** Milliseconds after its last update in which a record is valid, as long as a call can be resumed. */
const lifetime = 60_000;

const databaseName = "sx-call-kit";
const storeName = "resumptions";

type Stored = Omit<Resumption, "secret"> & { readonly key: CryptoKey; readonly savedAt: number };

/**
 * Store of this origin in IndexedDB. The key is a `CryptoKey`, which scripts cannot read as bytes. A failing store counts as
 * empty: a resumed call then rings.
 */
export class BrowserResumptions implements ResumptionStore {
  #timer: ReturnType<typeof setTimeout> | undefined;

  async save({ secret, ...resumption }: Resumption, now: number): Promise<void> {
    const record: Stored = { ...resumption, key: secret.key, savedAt: now };
    await attempt((store) => store.put(record));
    this.#forgetLater();
  }

  /** By itself: a timer keeps all that is around it where it is set, and no key may stay for that. */
  #forgetLater(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void forgetOld(Date.now()), lifetime + 1000);
  }

  async take(callId: string, side: Resumption["side"], now: number): Promise<Resumption | null> {
    const record = await attempt<Stored | undefined>((store) => {
      const request = store.get([callId, side]) as IDBRequest<Stored | undefined>;
      store.delete([callId, side]);
      return request;
    });
    await forgetOld(now);
    if (record === undefined || Math.abs(now - record.savedAt) > lifetime) return null;
    const { key, savedAt: _savedAt, ...resumption } = record;
    return { ...resumption, secret: new ResumptionSecret(key) };
  }

  async remove(callId: string, side: Resumption["side"]): Promise<void> {
    await attempt((store) => store.delete([callId, side]));
  }
}

/** Deletes records of pages that were closed during a call and never returned. */
async function forgetOld(now: number): Promise<void> {
  await attempt((store) => {
    const request = store.getAll() as IDBRequest<Stored[]>;
    request.addEventListener("success", () => {
      for (const { callId, side, savedAt } of request.result)
        if (Math.abs(now - savedAt) > lifetime) store.delete([callId, side]);
    });
    return request;
  });
}

async function attempt<T>(work: (store: IDBObjectStore) => IDBRequest<T>): Promise<T | undefined> {
  try {
    const database = await settled(openDatabase());
    try {
      return await settled(
        work(database.transaction(storeName, "readwrite").objectStore(storeName)),
      );
    } finally {
      database.close();
    }
  } catch {
    return undefined;
  }
}

function openDatabase(): IDBOpenDBRequest {
  const request = indexedDB.open(databaseName, 1);
  request.addEventListener("upgradeneeded", () => {
    request.result.createObjectStore(storeName, { keyPath: ["callId", "side"] });
  });
  return request;
}

function settled<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.addEventListener("success", () => {
      resolve(request.result);
    });
    request.addEventListener("error", () => {
      reject(request.error ?? new Error("IndexedDB failed."));
    });
  });
}
