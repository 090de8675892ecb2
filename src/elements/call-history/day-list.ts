import type { CallRecordLike } from "../../call/ongoing-record.ts";

/** The calls of one day, as a part of a list that has the newest first. */
export interface Day {
  /** Its midnight in local time, in milliseconds since the epoch; `NaN` for the calls whose time is none. */
  readonly start: number;
  /** The index of its newest call. */
  readonly first: number;
}

/** The heights that everything lies by, in CSS pixels. */
export interface Sizes {
  readonly row: number;
  readonly heading: number;
}

/** The last moment that a `Date` can tell. Records come from the host's storage: what is none sorts to the end. */
const lastMoment = 8.64e15;
const timeOf = ({ startedAt }: CallRecordLike) =>
  startedAt <= lastMoment && startedAt >= -lastMoment ? startedAt : -Infinity;

/** The local midnight before a moment. */
export const midnight = (time: number): number => new Date(time).setHours(0, 0, 0, 0);

/** The same call, whether it goes on or is over. A call from one's own device to itself has one record in each direction. */
const isSame = (a: CallRecordLike, b: CallRecordLike) =>
  a.callId === b.callId && a.direction === b.direction;

/** The number of the last of `count` things, in order, that is not after something; 0 where there is none. */
function lastOf(count: number, isAfter: (number: number) => boolean): number {
  let [low, high] = [0, count];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (isAfter(middle)) high = middle;
    else low = middle;
  }
  return low;
}

/**
 * Records with the newest first; those of one moment stay in their order. The given list stays as it is.
 *
 * Sorts numbers and looks each record's place up among them, which takes a fifth of the time of a sort that compares records: a
 * hundred thousand in any order must not be felt.
 */
export function newestFirst(records: readonly CallRecordLike[]): readonly CallRecordLike[] {
  const ages = new Float64Array(records.length);
  let isSorted = true;
  let before = -Infinity;
  let place = 0;
  for (const record of records) {
    const age = -timeOf(record);
    ages[place++] = age;
    isSorted &&= before <= age;
    before = age;
  }
  const result = records.slice();
  if (isSorted) return result;
  const sorted = ages.slice().sort();
  const taken = new Uint32Array(records.length);
  // From the end, and of the places of one moment the last one first.
  for (let index = ages.length - 1; index >= 0; index--) {
    const age = ages[index] ?? 0;
    const last = lastOf(sorted.length, (each) => (sorted[each] ?? 0) > age);
    const used = taken[last] ?? 0;
    taken[last] = used + 1;
    const record = records[index];
    if (record) result[last - used] = record;
  }
  return result;
}

/**
 * Where each call and each day's heading lies in a list of any length: all rows are alike, so that nothing needs to be drawn to be
 * measured. Engines lay out up to 17 million pixels, which is a quarter of a million rows.
 */
export class DayList {
  readonly records: readonly CallRecordLike[];
  readonly days: readonly Day[];

  /** @param records the newest first. */
  constructor(records: readonly CallRecordLike[]) {
    this.records = records;
    const days: Day[] = [];
    let start = Infinity;
    // Midnight is asked once a day, not once a call. Nothing is below NaN: calls without a time are the last day.
    let first = 0;
    for (const record of records) {
      const time = timeOf(record);
      if (time < start) days.push({ start: (start = midnight(time)), first });
      first += 1;
    }
    this.days = days;
  }

  /** Which day a call belongs to. */
  dayOf(index: number): number {
    return lastOf(this.days.length, (day) => this.#first(day) > index);
  }

  /** How many calls a day has. */
  countOf(day: number): number {
    return this.#first(day + 1) - this.#first(day);
  }

  /** Where a day's heading begins. */
  topOfDay(day: number, { row, heading }: Sizes): number {
    return day * heading + this.#first(day) * row;
  }

  /** Where a call's row begins. */
  topOf(index: number, { row, heading }: Sizes): number {
    return (this.dayOf(index) + 1) * heading + index * row;
  }

  height({ row, heading }: Sizes): number {
    return this.days.length * heading + this.records.length * row;
  }

  /** The call whose row lies at an offset, or the first one below its heading. */
  indexAt(offset: number, sizes: Sizes): number {
    const day = lastOf(this.days.length, (each) => this.topOfDay(each, sizes) > offset);
    const row = Math.floor((offset - this.topOfDay(day, sizes) - sizes.heading) / sizes.row);
    return Math.max(0, this.#first(day) + Math.min(Math.max(0, row), this.countOf(day) - 1));
  }

  /** Where a call of another list is in this one, or else the next older one; the last one where there is none, -1 in an empty list. */
  indexOf(record: CallRecordLike): number {
    const time = timeOf(record);
    const found = this.records.findIndex((each) => timeOf(each) < time || isSame(each, record));
    return found < 0 ? this.records.length - 1 : found;
  }

  #first(day: number): number {
    return this.days[day]?.first ?? this.records.length;
  }
}
