import { isRecord } from "../host-values/host-value.ts";

/** Maximum number of remembered calls per contact. */
const maxOfOne = 64;
/** Maximum number of contacts with remembered calls. */
const maxContacts = 256;
/** Maximum number of contacts kept over a reload, of all accounts: one text of some kB, and of 400 kB at most. */
const maxKept = 128;
/** Key in the storage. */
const keptName = "sx-call-kit calls";

/** The part of W3C `Storage` that is used. */
export type CallStorage = Pick<Storage, "getItem" | "setItem">;

/**
 * Stored data of each call: `sentAt` of its invitation, equal in repeated ones, and the time of its first ringing. 0 if it
 * must not ring again. Milliseconds since the epoch.
 */
type KeptCall = readonly [sentAt: number, rangAt: number];
/** As it was stored: what is in it is checked where it is used. */
type StoredCalls = Record<string, Readonly<Record<string, unknown>>>;

/**
 * Calls by their ids, so that nothing late or repeated rings again, and nobody is recorded as missed twice. Each contact has
 * room of its own: whoever calls very often makes nobody else's calls forgotten. Incoming calls are remembered over a reload
 * where the page has a storage. A contact is stored as a short number that cannot be turned back into a name. The accounts of
 * one origin share it. What they share is only its bound: an invitation is the same one where its id and its time are.
 */
export class KnownCalls {
  readonly #byContact = new Map<string | undefined, Set<string>>();
  readonly #storage: (() => CallStorage) | undefined;

  /** @param storage asked for with each call. */
  constructor(storage?: () => CallStorage) {
    this.#storage = storage;
  }

  has(callId: string): boolean {
    for (const ids of this.#byContact.values()) if (ids.has(callId)) return true;
    return false;
  }

  /** @param contact the contact's id from the host; `undefined` if unknown. */
  add(callId: string, contact?: string): void {
    const ids = this.#byContact.get(contact) ?? new Set();
    // The most recent contact is displaced last.
    this.#byContact.delete(contact);
    this.#byContact.set(contact, ids.add(callId));
    forgetFirst(ids, maxOfOne);
    forgetFirst(this.#byContact, maxContacts);
  }

  /**
   * Only as long as this page is there: what was settled stays so.
   *
   * @returns whether it was known.
   */
  delete(callId: string): boolean {
    return [...this.#byContact.values()].some((ids) => ids.delete(callId));
  }

  /** Returns `true` where a page before this one has settled the call of this invitation. */
  isSettled(callId: string, sentAt: number): boolean {
    const kept = this.#keptOf(callId);
    return kept?.[0] === sentAt && kept[1] === 0;
  }

  /** When the call of this invitation first rang, before the page was reloaded; `null` if it did not. Milliseconds since the epoch. */
  rangAt(callId: string, sentAt: number): number | null {
    const kept = this.#keptOf(callId);
    return kept?.[0] === sentAt && kept[1] !== 0 ? kept[1] : null;
  }

  /** Notes that a call rings: after a reload it rings for the rest of its time. */
  rings(callId: string, contact: string | undefined, sentAt: number, now: number): void {
    if (this.#keptOf(callId)?.[0] !== sentAt)
      this.#keep(callId, contact, [sentAt, Math.max(1, now)]);
  }

  /**
   * Notes that a call never rings again: it was accepted, declined or missed, or has ended.
   *
   * @param sentAt as its invitation states; without it only a call counts that rang before a reload.
   */
  settle(callId: string, contact?: string, sentAt?: number): void {
    const [known, rangAt] = this.#keptOf(callId) ?? [];
    const of = sentAt ?? known;
    if (of !== undefined && (known !== of || rangAt !== 0)) this.#keep(callId, contact, [of, 0]);
  }

  #keptOf(callId: string): KeptCall | null {
    for (const calls of Object.values(this.#read())) {
      const kept: unknown = Object.hasOwn(calls, callId) ? calls[callId] : null;
      if (isKeptCall(kept)) return kept;
    }
    return null;
  }

  #keep(callId: string, contact: string | undefined, call: KeptCall): void {
    const kept = this.#read();
    const name = nameOf(contact);
    const { [name]: calls = {}, ...others } = kept;
    // In the order in which they were heard, the last at the end.
    const { [callId]: _before, ...rest } = calls;
    const mine = last({ ...rest, [callId]: call }, maxOfOne);
    try {
      this.#storage?.().setItem(
        keptName,
        JSON.stringify(last({ ...others, [name]: mine }, maxKept)),
      );
    } catch {
      // Full, or not allowed: then it is remembered until the page goes.
    }
  }

  /** Anew each time: another page of the same person may have settled a call. */
  #read(): StoredCalls {
    try {
      // Whatever is no object of objects has no such entries, or throws.
      const stored = JSON.parse(this.#storage?.().getItem(keptName) ?? "{}") as object;
      return Object.fromEntries(
        Object.entries(stored).filter((kept): kept is [string, StoredCalls[string]] =>
          isRecord(kept[1]),
        ),
      );
    } catch {
      return {};
    }
  }
}

function isKeptCall(stored: unknown): stored is KeptCall {
  return (
    Array.isArray(stored) && stored.length === 2 && stored.every((time) => typeof time === "number")
  );
}

/** FNV-1a, 32 bits: enough to give each contact a room of its own. */
function nameOf(contact: string | undefined): string {
  if (contact === undefined) return "-";
  let hash = 0x811c9dc5;
  for (const character of contact)
    hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193);
  // A letter in front: names that are numbers would be sorted.
  return `c${(hash >>> 0).toString(36)}`;
}

function last<Value>(all: Record<string, Value>, most: number): Record<string, Value> {
  return Object.fromEntries(Object.entries(all).slice(-most));
}

function forgetFirst<Key>(
  all: { size: number; keys(): Iterator<Key>; delete(key: Key): unknown },
  most: number,
): void {
  const first = all.keys().next();
  if (all.size > most && first.done !== true) all.delete(first.value);
}

/** Maximum number of waiting invitations and ends, and of other messages. */
const maxCalls = 1024;
const maxOthers = 256;

/**
 * Messages that wait until they can be handled, in order. When full, it drops the oldest that is neither an invitation nor an
 * end. Without those, a call would be missed, or an ended one would ring.
 */
export class Backlog<Early extends { readonly message: { readonly type: string } }> {
  #waiting: Early[] = [];
  /** Number of dropped messages. */
  dropped = 0;

  add(early: Early): void {
    this.#waiting.push(early);
    this.#forget(isCall, maxCalls);
    this.#forget((one) => !isCall(one), maxOthers);
  }

  take(): Early[] {
    return this.#waiting.splice(0);
  }

  #forget(isOne: (early: Early) => boolean, most: number): void {
    if (this.#waiting.length <= most || this.#waiting.filter(isOne).length <= most) return;
    this.#waiting.splice(this.#waiting.findIndex(isOne), 1);
    this.dropped += 1;
  }
}

function isCall({ message: { type } }: { readonly message: { readonly type: string } }): boolean {
  return type === "invite" || type === "end";
}
