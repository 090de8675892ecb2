/** Maximum number of remembered calls per contact. */
const maxOfOne = 64;
/** Maximum number of contacts with remembered calls. */
const maxContacts = 256;

/**
 * Ids of known calls, so that a late or repeated invitation does not ring again. Limited per contact: many calls of one contact
 * do not displace those of others.
 */
export class KnownCalls {
  readonly #byContact = new Map<string | undefined, Set<string>>();

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
