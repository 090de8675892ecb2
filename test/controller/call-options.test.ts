import { expect } from "@open-wc/testing";
import { defaultOptions, readOptions, relayProblem } from "../../src/controller/call-options.ts";
import type { CallOptions } from "../../src/controller/call-options.ts";
import { callOptions } from "../support/call-options.ts";

type Given = Partial<Record<keyof CallOptions, unknown>>;

const devices = { getUserMedia: () => undefined };
const blur = () => undefined;
const secret = new Uint8Array(32).fill(7);

describe("the options of a call", () => {
  it("are taken where they are in range, with and without what the host brings", () => {
    expect(readOptions(callOptions)).to.deep.include({ problem: null, ignored: null });
    const brought = { hostSecret: secret, hostBinding: new Uint8Array(64) };
    const { options, problem } = readOptions({ ...callOptions, ...brought });
    expect([problem, options.hostSecret, options.hostBinding?.length]).to.deep.equal([
      null,
      secret,
      64,
    ]);
  });

  for (const nothing of [undefined, null]) {
    it(`are the usual ones where they are ${String(nothing)}`, () => {
      const given = Object.fromEntries(Object.keys(defaultOptions).map((name) => [name, nothing]));
      expect(readOptions(given)).to.deep.equal({
        options: defaultOptions,
        problem: null,
        ignored: null,
      });
    });
  }

  const taken: [given: Given, becomes: Partial<CallOptions>][] = [
    [{ ringTimeoutSeconds: "45" }, { ringTimeoutSeconds: 45 }],
    [{ relayOnly: "true" }, { relayOnly: true }],
    [{ relayOnly: 0 }, { relayOnly: false }],
    [{ encryptOnMainThread: 1 }, { encryptOnMainThread: true }],
    [{ iceServers: "stun:example.org" }, { iceServers: [{ urls: "stun:example.org" }] }],
    [{ hostSecret: Array.from(secret) }, { hostSecret: secret }],
    [{ hostSecret: secret.buffer }, { hostSecret: secret }],
    [{ workerUrl: new URL("https://a.example/w.js") }, { workerUrl: "https://a.example/w.js" }],
    [{ mediaDevices: devices }, { mediaDevices: devices as unknown as MediaDevices }],
    [{ trackProcessor: blur }, { trackProcessor: blur as unknown as null }],
  ];
  for (const [given, becomes] of taken) {
    it(`are taken in the forms that hosts have: ${Object.keys(given).join()}`, () => {
      const { options, problem, ignored } = readOptions({ ...callOptions, ...given });
      expect([problem, ignored]).to.deep.equal([null, null]);
      expect(options).to.deep.include(becomes);
    });
  }

  const changed: [given: Given, becomes: Partial<CallOptions>, name: string][] = [
    [{ ringTimeoutSeconds: 0 }, { ringTimeoutSeconds: 60 }, "ringTimeout"],
    [{ ringTimeoutSeconds: Number.NaN }, { ringTimeoutSeconds: 60 }, "ringTimeout"],
    [{ ringTimeoutSeconds: 601 }, { ringTimeoutSeconds: 600 }, "ringTimeout"],
    [{ ringTimeoutSeconds: Infinity }, { ringTimeoutSeconds: 600 }, "ringTimeout"],
    [{ reconnectTimeoutSeconds: -1 }, { reconnectTimeoutSeconds: 30 }, "reconnectTimeout"],
    [{ reconnectTimeoutSeconds: {} }, { reconnectTimeoutSeconds: 30 }, "reconnectTimeout"],
    [{ megabytesPerHour: 1 }, { megabytesPerHour: 60 }, "dataSaver"],
    [{ megabytesPerHour: "little" }, { megabytesPerHour: null }, "dataSaver"],
    [{ whenBusy: "voicemail" }, { whenBusy: "wait" }, "whenBusy"],
    [{ measureRelays: true }, { measureRelays: "off" }, "measureRelays"],
    // Any invalid value counts as the wish to hide the address.
    [{ relayOnly: "always" }, { relayOnly: true }, "relayOnly"],
    [{ iceServers: 7 }, { iceServers: [] }, "iceServers"],
    [{ workerUrl: 7 }, { workerUrl: null }, "workerUrl"],
    [{ encryptOnMainThread: [] }, { encryptOnMainThread: false }, "encryptOnMainThread"],
  ];
  for (const [given, becomes, name] of changed) {
    it(`are brought into their range, and the host is notified: ${name} = ${String(Object.values(given)[0])}`, () => {
      const { options, problem, ignored } = readOptions({ ...callOptions, ...given });
      expect(options).to.deep.include(becomes);
      expect(problem).to.equal(null);
      expect(ignored).to.include({ code: "bad-argument" });
      expect(ignored!.message).to.contain(`"${name}"`);
    });
  }

  const bad: [property: string, options: Given][] = [
    ["hostSecret", { hostSecret: new Uint8Array(31) }],
    ["hostSecret", { hostSecret: "0123456789abcdef0123456789abcdef" }],
    ["hostBinding", { hostBinding: new Uint8Array(4097) }],
    ["trackProcessor", { trackProcessor: "blur" }],
    ["effects", { effects: "blur" }],
    ["effects", { effects: [{ feature: "backgroundBlur" }] }],
    ["effects", { effects: [{ feature: "hat", process: blur }] }],
    ["mediaDevices", { mediaDevices: {} }],
  ];
  for (const [property, options] of bad) {
    it(`are refused for ${property} = ${String(Object.values(options)[0]).slice(0, 30)}, naming the property only`, () => {
      const { problem } = readOptions({ ...callOptions, ...options });
      expect(problem).to.include({
        code: "bad-argument",
        message: `The property "${property}" of a call is of the wrong type or out of range.`,
      });
    });
  }

  it("need a relay where media may only go through one", () => {
    const turn = { urls: "turn:a.example", username: "u", credential: "c" };
    const problemOf = (iceServers: unknown) =>
      relayProblem(readOptions({ ...callOptions, relayOnly: true, iceServers }).options)?.code;
    expect([turn, [turn], [{ urls: "stun:a.example" }], [], null].map(problemOf)).to.deep.equal([
      ...[undefined, undefined],
      ...["bad-argument", "bad-argument", "bad-argument"],
    ]);
  });
});
