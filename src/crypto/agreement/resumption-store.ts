import { ResumptionSecret } from "./successors.ts";

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
