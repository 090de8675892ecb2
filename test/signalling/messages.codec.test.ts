import { expect } from "@open-wc/testing";
import {
  endReasons,
  parseSignal,
  type SignalType,
  toSignal,
} from "../../src/signalling/messages.ts";
import { limits } from "../../src/signalling/plain-copy.ts";
import {
  callId,
  candidate,
  delivered,
  description,
  samples,
  signal,
  signalTypes,
  zeros,
} from "../support/signals.ts";
import { codeThrownBy, thrownBy } from "../support/thrown.ts";

const marker = "S3CRET MARKER VALUE";

/** A copy of a message with another value at a path; a value left out means that the field is. */
function changed(message: object, path: readonly (string | number)[], value?: unknown): unknown {
  const copy = structuredClone(message) as Record<string | number, unknown>;
  let at = copy;
  for (const key of path.slice(0, -1)) at = at[key] as Record<string | number, unknown>;
  const last = path.at(-1)!;
  if (value === undefined) Reflect.deleteProperty(at, last);
  else at[last] = value;
  return copy;
}

describe("a signal of another kit", () => {
  for (const type of signalTypes) {
    it(`is taken as it was sent: ${type}`, () => {
      expect(parseSignal(delivered(samples[type]))).to.deep.equal(samples[type]);
    });

    it(`loses what this version does not know, and is otherwise taken: ${type}`, () => {
      const future = { ...delivered(samples[type]), future: { a: [1] }, sentBy: "x" };
      expect(parseSignal(future)).to.deep.equal(samples[type]);
    });

    it(`is copied, so that nothing of it can change later: ${type}`, () => {
      const sent = delivered(samples[type]);
      const taken = parseSignal(sent);
      for (const key of Object.keys(sent)) sent[key] = marker;
      expect(taken).to.deep.equal(samples[type]);
    });
  }

  it("loses unknown fields inside its fields as well", () => {
    const { keys } = samples.invite;
    expect(parseSignal({ ...samples.invite, keys: { ...keys, future: 1 } })).to.deep.equal(
      samples.invite,
    );
    const candidates = [{ ...candidate, address: "192.0.2.1" }];
    expect(parseSignal({ ...samples.candidates, candidates })).to.deep.equal(
      signal("candidates", { candidates: [candidate] }),
    );
  });

  it("may leave out what is optional", () => {
    const { candidate: line, sdpMid, sdpMLineIndex } = candidate;
    const { end: _end, ...message } = samples.candidates;
    const bare = { ...message, candidates: [{ candidate: line, sdpMid, sdpMLineIndex }] };
    expect(parseSignal(bare)).to.deep.equal(bare);
  });

  it("may say the end of candidates with an empty one, and with none", () => {
    const empty = signal("candidates", { candidates: [{ ...candidate, candidate: "" }] });
    expect(parseSignal(empty)).to.deep.equal(empty);
    const none = signal("candidates", { candidates: [], end: true });
    expect(parseSignal(none)).to.deep.equal(none);
  });

  for (const reason of endReasons) {
    it(`may end a call for the reason ${reason}`, () => {
      expect(parseSignal({ ...samples.end, reason })).to.deep.equal(signal("end", { reason }));
    });
  }

  it("is put into its envelope by the side that sends it", () => {
    expect(toSignal(callId, 7, { type: "ringing" })).to.deep.equal(signal("ringing", { seq: 7 }));
    const devices = { device: zeros(16), to: zeros(16) };
    expect(toSignal(callId, 7, { type: "ringing" }, devices)).to.deep.equal(
      signal("ringing", { seq: 7, ...devices }),
    );
  });
});

describe("a wrong field in a signal", () => {
  const notText = [null, true, 1, [], {}];
  const notNumber = [null, true, "1", [], {}, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY];
  const tooMany = Array.from({ length: limits.candidates + 1 }, () => candidate);
  /** Each with values that are all wrong in a way of their own. */
  const bytes = (length: number) => [
    ...notText,
    marker,
    "",
    zeros(length).slice(1),
    `${zeros(length)}A`,
    `${zeros(length).slice(1)}+`,
    `${zeros(length).slice(1)}\n`,
  ];
  const descriptions = [...notText, marker, "", description({ sections: ["audio"] })];
  const tooLong = description({ extra: [`a=x:${"x".repeat(limits.descriptionSize)}`] });
  const fields: Record<SignalType, [path: (string | number)[], wrong: unknown[]][]> = {
    invite: [
      [["callId"], bytes(16)],
      [["seq"], [...notNumber, 2 ** 31]],
      [["media"], [...notText, marker, "screen"]],
      [["sentAt"], [...notNumber, 2 ** 53]],
      [["offer"], descriptions],
      [["keys"], [null, true, 1, marker, []]],
      [["keys", "x25519"], bytes(32)],
      [["keys", "mlkem768"], bytes(1184).filter((value) => value !== zeros(1088))],
      [["commitment"], bytes(64)],
      [["device"], bytes(16)],
      [["to"], bytes(16)],
      [["resumes"], bytes(16)],
      [["proof"], bytes(64)],
      [["formerNonce"], bytes(32)],
      [["ringFor"], [...notNumber, 0, 600_001]],
    ],
    ringing: [
      [["callId"], bytes(16)],
      [["seq"], notNumber],
      [["check"], [false, 1, marker, [], {}]],
    ],
    waiting: [[["left"], [...notNumber, 600_001]]],
    away: [[["seq"], notNumber]],
    accept: [
      [["media"], [...notText, marker]],
      [["answer"], [...descriptions, tooLong]],
      [["keys"], [null, true, 1, marker, []]],
      [["keys", "x25519"], bytes(32)],
      [["keys", "mlkem768"], bytes(1088)],
      [["nonce"], bytes(32)],
      [["mac"], bytes(64)],
      [["continues"], [null, false, 1, marker, [], {}]],
    ],
    confirm: [
      [["nonce"], bytes(32)],
      [["mac"], bytes(64)],
    ],
    candidates: [[["candidates"], [null, true, 1, marker, {}, tooMany]]],
    restart: [[["offer"], [...descriptions, tooLong]]],
    "restart-answer": [[["answer"], [...descriptions, tooLong]]],
    end: [[["reason"], [...notText, marker, "", "toString"]]],
  };
  // A `restart` without an offer is the callee's: it asks for one.
  const optional = new Set([
    ...["offer of restart", "continues"],
    ...["device", "to", "resumes", "proof", "formerNonce", "ringFor", "check"],
  ]);

  for (const type of signalTypes) {
    for (const [path, wrong] of fields[type]) {
      const name = path.join(".");
      it(`is refused by its name, and its value is never named: ${name} of ${type}`, () => {
        const isOptional = optional.has(name) || optional.has(`${name} of ${type}`);
        // Channels of other languages write it for what is not there.
        const values = wrong.filter((value) => !isOptional || value !== null);
        const messages = values.map((value) => changed(samples[type], path, value));
        if (!isOptional) messages.push(changed(samples[type], path));
        else expect(parseSignal(changed(samples[type], path, null)).type).to.equal(type);
        for (const message of messages) {
          const error = thrownBy(() => parseSignal(message));
          expect(error?.code, JSON.stringify(message).slice(0, 200)).to.equal("bad-signal");
          expect(error?.message).to.match(new RegExp(`: ${name}[.a-zA-Z0-9]*\\.$`));
          expect(error?.message).not.to.contain("MARKER");
          expect(error?.cause).to.equal(undefined);
        }
      });
    }
  }

  const oddCandidates: [path: (string | number)[], wrong: unknown[]][] = [
    [
      ["candidates", 0],
      [null, true, 1, marker, []],
    ],
    [
      ["candidates", 0, "candidate"],
      [...notText, marker, "a=candidate:1", `candidate:${"x".repeat(512)}`, "candidate:\r\n"],
    ],
    [
      ["candidates", 0, "sdpMid"],
      [true, 1, [], {}, "x".repeat(17)],
    ],
    [
      ["candidates", 0, "sdpMLineIndex"],
      [true, "1", [], {}, -1, 1.5, 16],
    ],
    [
      ["candidates", 0, "usernameFragment"],
      [true, 1, [], {}, "x".repeat(257)],
    ],
  ];
  for (const [path, wrong] of oddCandidates) {
    it(`costs that candidate alone, and not its batch: ${path.join(".")}`, () => {
      const { candidates } = samples.candidates;
      for (const value of wrong) {
        const parsed = parseSignal(changed(samples.candidates, path, value));
        expect(parsed, JSON.stringify(value)).to.deep.include({ candidates: candidates.slice(1) });
      }
    });
  }

  it("in the part `end` of candidates is refused too", () => {
    for (const end of [1, "true", []]) {
      expect(codeThrownBy(() => parseSignal({ ...samples.candidates, end }))).to.equal(
        "bad-signal",
      );
    }
  });

  it("is refused as well when it is a type that is not known", () => {
    for (const type of [marker, "", "toString", "__proto__", null, 1, {}, ["invite"]]) {
      const error = thrownBy(() => parseSignal({ ...samples.end, type }));
      expect(error?.code).to.equal("bad-signal");
      expect(error?.message).not.to.contain("MARKER");
    }
  });
});

describe("the version of a signal", () => {
  for (const protocol of ["sx-call/2", "sx-call/1 ", "SX-CALL/1", "", null, 1, {}, ["sx-call/1"]]) {
    it(`is refused where it is ${JSON.stringify(protocol)}`, () => {
      expect(codeThrownBy(() => parseSignal({ ...samples.invite, protocol }))).to.equal(
        "unsupported-version",
      );
    });
  }

  it("is looked at before anything else, so that a later version's messages get the right answer", () => {
    expect(
      codeThrownBy(() => parseSignal({ protocol: "sx-call/2", type: "something-new" })),
    ).to.equal("unsupported-version");
  });

  it("cannot be left out", () => {
    expect(codeThrownBy(() => parseSignal(changed(samples.invite, ["protocol"])))).to.equal(
      "bad-signal",
    );
    expect(codeThrownBy(() => parseSignal(changed(samples.invite, ["type"])))).to.equal(
      "bad-signal",
    );
  });
});

describe("the size of a signal", () => {
  const padded = (length: number) => description({ extra: [`a=x:${"x".repeat(length)}`] });

  it("may not be over the limit of an invitation", () => {
    const around = JSON.stringify(samples.invite).length;
    const fits = signal("invite", { offer: padded(limits.inviteSize - around - 100) });
    expect(parseSignal(fits)).to.deep.equal(fits);
    const error = thrownBy(() =>
      parseSignal(signal("invite", { offer: padded(limits.inviteSize - around + 50) })),
    );
    expect(error?.code).to.equal("too-large");
    expect(error?.message).to.contain("invitation");
  });

  it("is counted with fields that are unknown: they do not pass for nothing", () => {
    expect(
      codeThrownBy(() => parseSignal({ ...samples.invite, future: "x".repeat(limits.inviteSize) })),
    ).to.equal("too-large");
    expect(
      codeThrownBy(() => parseSignal({ ...samples.end, future: "x".repeat(limits.messageSize) })),
    ).to.equal("too-large");
  });

  it("has room for as many candidates as a message may have", () => {
    const candidates = Array.from({ length: limits.candidates }, () => ({
      ...candidate,
      candidate: `candidate:${"x".repeat(502)}`,
    }));
    expect(parseSignal(signal("candidates", { candidates }))).to.deep.equal(
      signal("candidates", { candidates }),
    );
  });
});
