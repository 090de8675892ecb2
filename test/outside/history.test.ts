import { expect, fixture, html } from "@open-wc/testing";
import fc from "fast-check";
import type { CallRecordLike, SxCallHistory, SxCallHistoryItem } from "sx-call-kit";
import "sx-call-kit/define";
import { Midnight } from "../../src/elements/shared/record-template.ts";
import { waitUntil } from "../support/wait-until.ts";

/*
 * Records come from a host's database, contacts from its address book, and a list stays open over midnight.
 */

const hour = 3_600_000;

function aRecord(changed: object = {}): CallRecordLike {
  return {
    callId: "c3RvcmllcyBhbmQgdGVzdA",
    direction: "incoming",
    media: "audio",
    outcome: "completed",
    startedAt: Date.now() - hour,
    endedAt: Date.now(),
    durationSeconds: 60,
    protection: "protected",
    relayed: false,
    reconnections: 0,
    ...changed,
  };
}

async function listOf(records: unknown, properties: object = {}): Promise<SxCallHistory> {
  const list = await fixture<SxCallHistory>(
    html`<sx-call-history style="block-size: 30rem"></sx-call-history>`,
  );
  Object.assign(list, { records, ...properties });
  await list.updateComplete;
  return list;
}
const rowsOf = (list: SxCallHistory) =>
  [...list.shadowRoot!.querySelectorAll("[part~=call]")].map(({ textContent }) =>
    textContent.replace(/\s+/g, " ").trim(),
  );

describe("a history", () => {
  const rows: [name: string, records: unknown, count: number][] = [
    ["null", null, 0],
    ["undefined", undefined, 0],
    ["a text", "all", 0],
    ["one record without a list", aRecord(), 0],
    ["a null record", [aRecord(), null], 1],
    ["an undefined record", [undefined, aRecord()], 1],
    ["an empty record", [{}, aRecord()], 1],
    ["a text as record", ["call", aRecord()], 1],
    ["an outcome of another version", [aRecord({ outcome: "voicemail" }), aRecord()], 1],
    ["a time that is none", [aRecord({ startedAt: "yesterday" }), aRecord()], 2],
    ["no time", [aRecord({ startedAt: null }), aRecord()], 2],
    ["a time as text", [aRecord({ startedAt: String(Date.now() - hour) }), aRecord()], 2],
    ["an id that is a number", [aRecord({ callId: 7 })], 1],
    ["no direction", [aRecord({ direction: null })], 1],
    ["a medium of another version", [aRecord({ media: "hologram" })], 1],
    ["a protection of another version", [aRecord({ protection: "quantum" })], 1],
    ["no duration", [aRecord({ durationSeconds: null })], 1],
    ["a duration of not a number", [aRecord({ durationSeconds: Number.NaN })], 1],
    ["a duration below nothing", [aRecord({ durationSeconds: -5 })], 1],
    [
      "one that goes on without a beginning",
      [aRecord({ outcome: "ongoing", connectedAt: null })],
      1,
    ],
  ];
  for (const [name, records, count] of rows) {
    it(`shows what can be shown beside ${name}`, async () => {
      const list = await listOf(records);
      expect(rowsOf(list).length).to.equal(count);
    });

    it(`and so does an item: ${name}`, async () => {
      const item = await fixture<SxCallHistoryItem>(
        html`<sx-call-history-item></sx-call-history-item>`,
      );
      for (const one of Array.isArray(records) ? (records as unknown[]) : [records]) {
        item.record = one as CallRecordLike;
        await item.updateComplete;
      }
      item.record = aRecord();
      await item.updateComplete;
      expect(item.shadowRoot!.querySelector("[part=title]")).not.to.equal(null);
    });
  }

  /* Half past one on a day of its own, in each way in which databases keep a time. */
  const moment = new Date(2025, 2, 14, 13, 30);
  const times: [name: string, given: unknown][] = [
    ["a Date", moment],
    ["a text of ISO 8601", moment.toISOString()],
    ["seconds", moment.getTime() / 1000],
    ["seconds as text", String(moment.getTime() / 1000)],
    ["microseconds", moment.getTime() * 1000],
    ["a bigint", BigInt(moment.getTime())],
    ["milliseconds as text", ` ${String(moment.getTime())} `],
  ];
  for (const [name, startedAt] of times) {
    it(`shows the right time of a record that keeps it as ${name}`, async () => {
      const list = await listOf([aRecord({ startedAt })]);
      expect(list.shadowRoot!.querySelector("time")?.dateTime).to.equal(moment.toISOString());
    });
  }

  for (const [name, durationSeconds] of Object.entries({ "a text": "60", "a bigint": 60n })) {
    it(`shows the right duration of a record that keeps it as ${name}`, async () => {
      const usual = rowsOf(await listOf([aRecord()]))[0]!;
      expect(rowsOf(await listOf([aRecord({ durationSeconds })]))[0]).to.equal(usual);
    });
  }

  it("counts the time of an ongoing call from a beginning kept as a text", async () => {
    const connectedAt = new Date(Date.now() - hour).toISOString();
    const [row] = rowsOf(await listOf([aRecord({ outcome: "ongoing", connectedAt })]));
    expect(row).to.match(/1:00:0\d/);
  });

  it("shows each of 10,000 records with one id once, and stays quick", async () => {
    const since = performance.now();
    const records = Array.from({ length: 10_000 }, (_, index) =>
      aRecord({ callId: "same", startedAt: Date.now() - index * hour }),
    );
    const list = await listOf(records);
    const shown = [...list.shadowRoot!.querySelectorAll("time")].map(({ dateTime }) => dateTime);
    expect(shown.length).to.be.above(3);
    expect(new Set(shown).size).to.equal(shown.length);
    expect(performance.now() - since).to.be.below(2000);
  });

  it("tells the host of records that it left out", async () => {
    const list = await fixture<SxCallHistory>(html`<sx-call-history></sx-call-history>`);
    const reported: string[] = [];
    list.addEventListener("sx-error", ({ detail }) =>
      reported.push(`${detail.code}: ${detail.message}`),
    );
    list.records = [aRecord(), null] as CallRecordLike[];
    await waitUntil(() => reported.length > 0);
    expect(reported).to.deep.equal([
      'bad-argument: Of the wrong type or out of range in <sx-call-history>: "records".',
    ]);
  });

  const contacts: [name: string, contactOf: unknown, title: RegExp][] = [
    [
      "throws",
      () => {
        throw new Error("No address book.");
      },
      /Incoming/,
    ],
    ["is no function", "ann", /Incoming/],
    ["names nobody", () => undefined, /Incoming/],
    ["gives a text", () => "Ann", /Incoming/],
    ["gives nothing of a name", () => ({ id: "a" }), /Unknown/],
    ["gives null for a name", () => ({ id: 7, name: null }), /Unknown/],
    ["gives a number for a name", () => ({ id: 7, name: 42 }), /Unknown/],
    ["gives a picture that is none", () => ({ id: "a", name: "Ann", avatarUrl: 7 }), /Ann/],
  ];
  for (const [name, contactOf, title] of contacts) {
    it(`stays where its contactOf ${name}`, async () => {
      const list = await listOf([aRecord()], { contactOf });
      expect(rowsOf(list)[0]).to.match(title);
    });
  }

  it("draws whatever is in a record, and never throws: 200 lists", async () => {
    const list = await listOf([]);
    const value = fc.oneof(
      fc.constantFrom<unknown>(
        undefined,
        null,
        7,
        "",
        -1,
        Number.NaN,
        1e300,
        [],
        {},
        "x".repeat(100_000),
      ),
      fc.anything(),
    );
    const broken = fc
      .dictionary(
        fc.constantFrom(...Object.keys(aRecord({ connectedAt: 1, verified: true }))),
        value,
      )
      .map((changed) => aRecord(changed));
    await fc.assert(
      fc.asyncProperty(fc.array(fc.oneof(broken, value), { maxLength: 4 }), async (records) => {
        list.records = [...records, aRecord()] as CallRecordLike[];
        await list.updateComplete;
        expect(rowsOf(list).length).to.be.at.least(1);
      }),
      { numRuns: 200 },
    );
  });
});

describe("midnight", () => {
  it("updates the calls of today at midnight", async () => {
    let now = new Date(2026, 10, 28, 23, 59, 59, 900).getTime();
    let drawn = 0;
    const host = {
      addController: () => undefined,
      removeController: () => undefined,
      requestUpdate: () => (drawn += 1),
      updateComplete: Promise.resolve(true),
    };
    const midnight = new Midnight(host, () => now);
    midnight.hostConnected();
    document.dispatchEvent(new Event("visibilitychange"));
    expect(drawn).to.equal(0);
    now += 200;
    await waitUntil(() => drawn === 1, "it is not drawn anew");
    // A device that slept for days.
    now += 72 * hour;
    document.dispatchEvent(new Event("visibilitychange"));
    expect(drawn).to.equal(2);
    midnight.hostDisconnected();
    now += 24 * hour;
    document.dispatchEvent(new Event("visibilitychange"));
    expect(drawn).to.equal(2);
  });
});
