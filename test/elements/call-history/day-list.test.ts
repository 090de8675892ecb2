import { expect } from "@open-wc/testing";
import fc from "fast-check";
import { DayList, midnight, newestFirst } from "../../../src/elements/call-history/day-list.ts";
import { aRecord, now } from "../../../stories/support/snapshots.ts";

const sizes = { row: 63.5, heading: 34.25 };
const hour = 3_600_000;

/** Records at any times, some of them at the same moment, a few at a time that is none. */
const histories = fc
  .array(
    fc.oneof(
      {
        weight: 20,
        arbitrary: fc.integer({ min: 0, max: 400 }).map((hours) => now - hours * hour),
      },
      { weight: 1, arbitrary: fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, 1e300) },
    ),
    { minLength: 1, maxLength: 60 },
  )
  .map((times) => times.map((startedAt, index) => aRecord({ startedAt, callId: `call-${index}` })));

const isTime = (time: number) => !Number.isNaN(new Date(time).getTime());

describe("newestFirst()", () => {
  it("puts the newest first, those of one moment in their order, those without a time last", () => {
    const times = [3, 5, Number.NaN, 5, 4, 1e300, 0];
    const records = times.map((startedAt, index) => aRecord({ startedAt, callId: String(index) }));
    expect(newestFirst(records).map(({ callId }) => callId)).to.deep.equal([
      "1",
      "3",
      "4",
      "0",
      "6",
      "2",
      "5",
    ]);
  });

  it("leaves the given list as it is", () => {
    const records = Object.freeze([aRecord({ startedAt: 1 }), aRecord({ startedAt: 2 })]);
    newestFirst(records);
    expect(records.map(({ startedAt }) => startedAt)).to.deep.equal([1, 2]);
  });
});

describe("DayList", () => {
  it("lays any history out as headings and rows below each other, and finds every row again", () => {
    fc.assert(
      fc.property(histories, (history) => {
        const list = new DayList(newestFirst(history));
        let [top, day, last] = [0, -1, ""];
        for (const [index, { startedAt }] of list.records.entries()) {
          const date = isTime(startedAt) ? new Date(startedAt).toDateString() : "none";
          if (date !== last) {
            last = date;
            day += 1;
            expect(list.topOfDay(day, sizes)).to.equal(top);
            expect(list.indexAt(top, sizes), "in the heading").to.equal(index);
            expect(list.days[day]?.first).to.equal(index);
            expect(list.days[day]?.start).to.deep.equal(
              isTime(startedAt) ? midnight(startedAt) : Number.NaN,
            );
            top += sizes.heading;
          }
          expect(list.dayOf(index)).to.equal(day);
          expect(list.topOf(index, sizes)).to.equal(top);
          expect(list.indexAt(top + 0.25, sizes)).to.equal(index);
          expect(list.indexAt(top + sizes.row - 0.25, sizes)).to.equal(index);
          top += sizes.row;
        }
        expect(list.height(sizes)).to.equal(top);
        const counts = list.days.map((_, each) => list.countOf(each));
        expect(counts.reduce((sum, count) => sum + count, 0)).to.equal(list.records.length);
        expect(Math.min(...counts)).to.be.greaterThan(0);
      }),
    );
  });

  it("takes what lies above and below for the first and the last call", () => {
    const list = new DayList([
      aRecord({ startedAt: now }),
      aRecord({ startedAt: now - 100 * hour }),
    ]);
    expect([list.indexAt(-500, sizes), list.indexAt(1e9, sizes)]).to.deep.equal([0, 1]);
  });

  it("finds a call of an older list, or where it would be", () => {
    const [a, b, c] = [3, 2, 1].map((hours) =>
      aRecord({ startedAt: now + hours * hour, callId: `at ${hours}` }),
    ) as [ReturnType<typeof aRecord>, ReturnType<typeof aRecord>, ReturnType<typeof aRecord>];
    expect(new DayList([a, b, c]).indexOf({ ...b })).to.equal(1);
    expect(new DayList([a, c]).indexOf(b), "the next older one").to.equal(1);
    expect(new DayList([a, b]).indexOf(c), "the last one").to.equal(1);
    const other = aRecord({ startedAt: b.startedAt, callId: "at the same moment" });
    expect(new DayList([a, other, b, c]).indexOf(b)).to.equal(2);
    expect(new DayList([]).indexOf(b)).to.equal(-1);
  });

  it("is empty without calls", () => {
    const list = new DayList([]);
    expect([list.days.length, list.height(sizes), list.indexAt(100, sizes)]).to.deep.equal([
      0, 0, 0,
    ]);
  });
});
