/** How many calls of one contact are remembered. */
const maxOfOne = 64;
/** Of how many contacts calls are remembered. */
const maxContacts = 256;

/**
 * Calls by their ids, so that nothing late or repeated rings again. Each contact has room of its own: whoever calls very often makes
 * nobody else's calls forgotten.
 */
export class KnownCalls {
  readonly #byContact = new Map<string | undefined, Set<string>>();

  has(callId: string): boolean {
    for (const ids of this.#byContact.values()) if (ids.has(callId)) return true;
    return false;
  }

  /** @param contact as the host names them; `undefined` where it does not. */
  add(callId: string, contact?: string): void {
    const ids = this.#byContact.get(contact) ?? new Set();
    // The contact who was heard last is the last to be forgotten.
    this.#byContact.delete(contact);
    this.#byContact.set(contact, ids.add(callId));
    forgetFirst(ids, maxOfOne);
    forgetFirst(this.#byContact, maxContacts);
  }

  delete(callId: string): void {
    for (const ids of this.#byContact.values()) ids.delete(callId);
  }
}

function forgetFirst<Key>(
  all: { size: number; keys(): Iterator<Key>; delete(key: Key): unknown },
  most: number,
): void {
  const first = all.keys().next();
  if (all.size > most && first.done !== true) all.delete(first.value);
}
