import type { PropertyDeclaration } from "lit";
import type * as replaced from "../../elements/shared/property-readers.ts";
import type * as replacedRecords from "../../elements/shared/read-records.ts";

/*
 * For the pages of other messengers, which set the properties of their elements themselves: no host's value has to be read. Absent
 * values still restore the default.
 */

export const taken: typeof replaced.taken = (value) => ({ value, isRefused: false });

const own = { read: taken };
const reader = (): typeof own => own;
const unset = { read: taken, usual: undefined };

export const choice: typeof replaced.choice = reader as never;
export const number: typeof replaced.number = reader as never;
export const textAttribute: typeof replaced.textAttribute = { ...own, usual: "" } as never;
export const converters: ReadonlyMap<unknown, PropertyDeclaration["converter"]> = new Map();

export {
  taken as byUsualValue,
  own as text,
  own as callback,
  own as record,
  own as audioRoutes,
  own as unread,
  own as contact,
  unset as language,
  unset as direction,
};

export const snapshot: typeof replacedRecords.snapshot = own;
export const wordList: typeof replacedRecords.wordList = own;
export const securityCode: typeof replacedRecords.securityCode = own;
