import { expect, fixture, html } from "@open-wc/testing";
import fc from "fast-check";
import type { LitElement } from "lit";
import type { CallSnapshot, SxCallHistory, SxCallView } from "sx-call-kit";
import "sx-call-kit/define";
import { FakePorts } from "../support/fake-ports.ts";
import { fixedCalls } from "../../stories/support/fixed-calls.ts";
import { aRecord, aSnapshot } from "../../stories/support/snapshots.ts";
import { callOptions } from "../support/call-options.ts";
import { callCenterOver } from "../support/call-pair.ts";
import { signal, callId } from "../support/signals.ts";
import { tags } from "../support/tags.ts";
import { settled } from "../support/virtual-clock.ts";
import { waitUntil } from "../support/wait-until.ts";

/*
 * Values of frameworks for properties and attributes: `undefined` for an absent prop, `null` of a store, "false" as a text,
 * numbers as ids. Each means the default, or is converted; others fire `sx-error`.
 */

/** The public properties of an element, as Lit knows them. */
function propertiesOf(element: LitElement): string[] {
  const { elementProperties } = element.constructor as typeof LitElement;
  return [...elementProperties]
    .filter(([, { state }]) => state !== true)
    .map(([name]) => String(name));
}

async function made(tag: string): Promise<LitElement> {
  const element = document.createElement(tag) as LitElement;
  // Nothing is asked of a real engine.
  if (tag === "sx-call-view") Object.assign(element, { calls: fixedCalls(aSnapshot("idle")) });
  const box = await fixture(html`<div></div>`);
  box.append(element);
  await element.updateComplete;
  return element;
}

const wrong: unknown[] = [
  ...[7, -1, Number.NaN, Infinity, "", "text", "x".repeat(100_000), true, false, [], [null], {}],
  ...[
    Object.create(null) as unknown,
    () => undefined,
    Symbol("x"),
    10n,
    new Date(Number.NaN),
    new Map(),
  ],
];

/** Objects that throw at every question, or at some, and such that never end. */
const hostile: readonly (readonly [name: string, make: () => unknown])[] = [
  [
    "a proxy that throws at everything",
    () => {
      const traps = ["get", "has", "ownKeys", "getOwnPropertyDescriptor", "getPrototypeOf"];
      const trap = () => {
        throw new Error("trap");
      };
      return new Proxy({}, Object.fromEntries(traps.map((name) => [name, trap])));
    },
  ],
  [
    "a proxy that was revoked",
    () => {
      const { proxy, revoke } = Proxy.revocable({}, {});
      revoke();
      return proxy;
    },
  ],
  [
    "a list that was revoked",
    () => {
      const { proxy, revoke } = Proxy.revocable([], {});
      revoke();
      return proxy;
    },
  ],
  ["a list with one that throws", () => [thrower("id"), thrower("callId"), null]],
  ["fields that throw", () => thrower("id", "name", "urls", "callId", "state", "loop")],
  [
    "a snapshot with a field that throws deep in it",
    () => {
      const { local, ...rest } = aSnapshot("connected");
      return { ...rest, local: { ...local, microphone: thrower("state") } };
    },
  ],
  ["a snapshot without what is in it", () => ({ ...aSnapshot("connected"), local: {} })],
  ["a record with a field that throws", () => recordThatThrows()],
  ["a list of a record that throws", () => [recordThatThrows(), aRecord()]],
  [
    "what never ends",
    () => {
      const circle: Record<string, unknown> = { id: "a", name: "Ann" };
      circle.contact = circle;
      return circle;
    },
  ],
  [
    "what is no text",
    () => ({
      toString: () => {
        throw new Error("toString");
      },
      [Symbol.toPrimitive]: () => {
        throw new Error("toPrimitive");
      },
    }),
  ],
  ["a text of 100 kB", () => "x".repeat(100_000)],
  ["a list of 10,000", () => Array.from({ length: 10_000 }, () => ({ id: "x".repeat(10) }))],
];

function recordThatThrows(): object {
  const { endedAt: _endedAt, ...rest } = aRecord();
  return Object.defineProperties(thrower("endedAt"), Object.getOwnPropertyDescriptors(rest));
}

function thrower(...names: readonly string[]): object {
  const get = () => {
    throw new Error("getter");
  };
  return Object.defineProperties(
    {},
    Object.fromEntries(names.map((name) => [name, { get, enumerable: true, configurable: true }])),
  );
}

describe("every property of every element", () => {
  for (const tag of tags) {
    it(`is the usual one where it is undefined or null: ${tag}`, async () => {
      const element = await made(tag);
      const usual = await made(tag);
      for (const name of propertiesOf(element)) {
        for (const nothing of [undefined, null]) {
          Reflect.set(element, name, nothing);
          await element.updateComplete;
          expect(Reflect.get(element, name), name).to.deep.equal(Reflect.get(usual, name));
        }
      }
    });

    it(`is drawn whatever it is: ${tag}`, async () => {
      const element = await made(tag);
      for (const name of propertiesOf(element)) {
        for (const value of wrong) {
          Reflect.set(element, name, value);
          await element.updateComplete;
        }
        Reflect.set(element, name, undefined);
      }
      await element.updateComplete;
      expect(element.shadowRoot!.childElementCount).to.be.at.least(
        tag === "sx-call-history-item" ? 0 : 1,
      );
    });

    it(`is drawn with objects that throw, and tells of those that it could not read: ${tag}`, async () => {
      const element = await made(tag);
      let reported = 0;
      element.addEventListener("sx-error", () => (reported += 1));
      for (const name of propertiesOf(element)) {
        for (const [what, make] of hostile) {
          const value = make();
          const before = reported;
          Reflect.set(element, name, value);
          await element.updateComplete;
          await settled();
          const isTaken = Reflect.get(element, name) === value;
          const isReadAgain =
            reported > before || isTaken || typeof Reflect.get(element, name) === "object";
          expect(isReadAgain, `${name}: ${what}`).to.equal(true);
        }
        Reflect.set(element, name, undefined);
      }
      await element.updateComplete;
      expect(element.isUpdatePending).to.equal(false);
    });

    it(`is drawn whatever its attributes are: ${tag}`, async () => {
      const element = await made(tag);
      const { observedAttributes } = element.constructor as typeof LitElement;
      for (const name of observedAttributes) {
        for (const value of [
          "",
          "false",
          "true",
          "0",
          "NaN",
          "undefined",
          "null",
          "[object Object]",
          "x".repeat(10_000),
        ]) {
          element.setAttribute(name, value);
          await element.updateComplete;
        }
        element.removeAttribute(name);
        await element.updateComplete;
      }
    });
  }

  it("is drawn in any mixture, in every state of a call: 150 mixtures", async () => {
    const view = (await made("sx-call-view")) as SxCallView;
    const names = propertiesOf(view).filter((name) => name !== "calls");
    const states = ["idle", "incoming", "connecting", "connected", "ended"] as const;
    await fc.assert(
      fc.asyncProperty(
        fc.dictionary(
          fc.constantFrom(...names),
          fc.oneof(fc.constantFrom(...wrong), fc.anything()),
        ),
        fc.constantFrom(...states),
        async (values, state) => {
          view.calls = fixedCalls(aSnapshot(state));
          Object.assign(view, values);
          await view.updateComplete;
          expect(view.shadowRoot!.querySelector("[part=surface]")).not.to.equal(null);
        },
      ),
      { numRuns: 150 },
    );
  });
});

describe("every option of a call", () => {
  /** What is left out leaves a call that its person would not want. */
  const mayRefuse = [
    "mediaDevices",
    "trackProcessor",
    "effects",
    "hostSecret",
    "hostBinding",
    "relayOnly",
  ];
  for (const name of [...Object.keys(callOptions), "chosen"]) {
    it(`prevents no call that could be made, whatever it is, and every refusal is reported: ${name}`, async () => {
      const values = [undefined, null, ...wrong, ...hostile.map(([, make]) => make())];
      for (const value of values) {
        const ports = new FakePorts();
        const center = callCenterOver({ ...callOptions, [name]: value }, ports);
        const reported: string[] = [];
        center.subscribe((notice) => {
          if (notice.type === "error") reported.push(notice.error.code);
        });
        const refusal: unknown = await center
          .perform({ type: "start", media: "audio" })
          .then(() => null)
          .catch((thrown: unknown) => thrown);
        const absent = value === undefined || value === null;
        if (refusal === null) expect(center.snapshot.state).to.equal("inviting");
        else {
          expect([mayRefuse.includes(name), absent]).to.deep.equal([true, false]);
          expect((refusal as { code: string }).code).to.equal("bad-argument");
        }
        if (absent) expect(reported).to.deep.equal([]);
        center.close();
      }
    });

    it(`prevents no ring, and tells the caller where no call can be made: ${name}`, async () => {
      for (const value of [undefined, null, ...wrong, ...hostile.map(([, make]) => make())]) {
        const ports = new FakePorts();
        const center = callCenterOver({ ...callOptions, [name]: value }, ports);
        const sent: string[] = [];
        center.subscribe((notice) => {
          if (notice.type === "signal") sent.push(notice.message.type);
        });
        await settled();
        center.receive(signal("invite", { sentAt: ports.now() }));
        await settled();
        const isRinging = center.snapshot.state === "incoming";
        expect(isRinging || (mayRefuse.includes(name) && sent.at(-1) === "end")).to.equal(true);
        center.close();
      }
    });
  }
});

describe("a switch in HTML", () => {
  const rows: [text: string, is: boolean][] = [
    ["", true],
    ["true", true],
    ["hide-controls", true],
    ["false", false],
    ["False", false],
    ["0", false],
    ["no", false],
    ["OFF", false],
    ["yes", true],
    ["on", true],
    ["undefined", false],
    ["null", false],
  ];
  for (const [text, is] of rows) {
    it(`is ${String(is)} where it says "${text}"`, async () => {
      const view = (await made("sx-call-view")) as SxCallView;
      view.setAttribute("hide-controls", text);
      expect(view.hideControls).to.equal(is);
    });
  }
});

describe("a number or an id in HTML that was not there when the page was written", () => {
  for (const text of ["undefined", "null", "NaN", " undefined "]) {
    it(`is the usual one, and nobody's id: "${text}"`, async () => {
      const view = (await made("sx-call-view")) as SxCallView;
      view.setAttribute("ring-timeout", text);
      view.contact = { id: text, name: "Ann" };
      expect([view.ringTimeout, view.contact.id]).to.deep.equal([60, ""]);
    });
  }
});

describe("a name, a picture or an address that was not there when the text was made", () => {
  const texts: [text: string, isReported: boolean][] = [
    ["undefined", false],
    ["null", false],
    [" null ", false],
    ["NaN", false],
    ["[object Object]", true],
  ];
  for (const [text, isReported] of texts) {
    it(`is none, in every place: "${text}"`, async () => {
      const view = (await made("sx-call-view")) as SxCallView;
      const reported: string[] = [];
      view.addEventListener("sx-error", ({ detail }) => reported.push(detail.code));
      view.calls = fixedCalls(aSnapshot("inviting"));
      for (const name of ["contact-name", "contact-avatar", "permission-help", "worker-url"])
        view.setAttribute(name, text);
      await view.updateComplete;
      expect([view.contact.name, view.contact.avatarUrl]).to.deep.equal(["", undefined]);
      expect([view.permissionHelp, view.workerUrl]).to.deep.equal(["", null]);
      expect(view.shadowRoot!.textContent).not.to.include(text.trim());
      expect(view.shadowRoot!.querySelector("img")).to.equal(null);
      view.contact = { id: "ann", name: text, avatarUrl: text };
      expect(view.contact).to.deep.equal({ id: "ann", name: "" });
      view.contactOf = () => ({ id: "ann", name: text, avatarUrl: text });
      await view.updateComplete;
      expect(view.shadowRoot!.textContent).not.to.include(text.trim());
      expect(reported.length > 0).to.equal(isReported);
      const history = (await made("sx-call-history")) as SxCallHistory;
      history.contactOf = () => ({ id: "ann", name: text });
      history.records = [aRecord()];
      await history.updateComplete;
      expect(history.shadowRoot!.textContent).not.to.include(text.trim());
    });
  }

  for (const name of ["Null", "Nan", "null hypothesis", "0"]) {
    it(`is a name all the same where it only looks like that: ${name}`, async () => {
      const view = (await made("sx-call-view")) as SxCallView;
      view.setAttribute("contact-name", name);
      expect(view.contact.name).to.equal(name);
    });
  }
});

describe("a value that is refused", () => {
  const rows: [name: keyof SxCallView & string, given: unknown, becomes: unknown][] = [
    ["ringTimeout", 0, 60],
    ["ringTimeout", 10_000, 600],
    ["ringTimeout", "soon", 60],
    ["reconnectTimeout", -1, 30],
    ["dataSaver", 1, 60],
    ["whenBusy", "voicemail", "wait"],
    ["pictures", "none", "all"],
    ["smallWindow", 7, "browser"],
    ["volume", 1.2, 1],
    ["volume", "loud", 0.5],
    ["contactOf", "ann", null],
    ["audioRoutes", 7, null],
    ["contact", "Ann", { id: "", name: "" }],
    ["relayOnly", "always", true],
    ["lastCall", "connected", null],
  ];
  for (const [name, given, becomes] of rows) {
    it(`is reported once, by its name: ${name} = ${String(given)}`, async () => {
      const view = (await made("sx-call-view")) as SxCallView;
      const reported: { code: string; message: string }[] = [];
      view.addEventListener("sx-error", ({ detail }) => reported.push(detail));
      for (let turn = 0; turn < 3; turn++) {
        Reflect.set(view, name, given);
        await view.updateComplete;
      }
      expect(reported.map(({ code }) => code)).to.deep.equal(["bad-argument"]);
      expect(reported[0]!.message).to.contain(`"${name}"`);
      expect(Reflect.get(view, name)).to.deep.equal(becomes);
    });
  }

  it("is reported for an element that was set before it was in the page", async () => {
    const view = document.createElement("sx-call-view");
    view.calls = fixedCalls(aSnapshot("idle"));
    view.volume = 3;
    const reported: string[] = [];
    const box = await fixture(html`<div></div>`);
    view.addEventListener("sx-error", ({ detail }) => reported.push(detail.message));
    box.append(view);
    await waitUntil(() => reported.length === 1);
    expect(reported[0]).to.contain('"volume"');
  });

  it("is a snapshot that is none", async () => {
    const controls = await made("sx-call-controls");
    for (const value of [{}, { state: "connected" }, { state: "weird" }, []]) {
      Object.assign(controls, { snapshot: value });
      await controls.updateComplete;
      expect(Reflect.get(controls, "snapshot")).to.equal(null);
    }
    const snapshot: CallSnapshot = aSnapshot("connected");
    Object.assign(controls, { snapshot });
    expect(Reflect.get(controls, "snapshot")).to.equal(snapshot);
  });
});

describe("the language of a page", () => {
  for (const lang of ["en_US", "de_DE.UTF-8", "C", "not a language", "1", "x".repeat(1000)]) {
    it(`is drawn in some language where the document says "${lang.slice(0, 20)}"`, async () => {
      const before = document.documentElement.lang;
      document.documentElement.lang = lang;
      try {
        for (const tag of tags) {
          const element = await made(tag);
          element.lang = lang;
          await element.updateComplete;
        }
      } finally {
        document.documentElement.lang = before;
      }
    });
  }
});

describe("a contact whose id is a number", () => {
  /** A view over fakes that dials contact 7. */
  async function dialling() {
    const ports = new FakePorts();
    const view = (await made("sx-call-view")) as SxCallView;
    view.calls = callCenterOver({}, ports);
    view.contact = { id: 7 as unknown as string, name: "Ann" };
    await view.startCall({ media: "audio" });
    const own = view.snapshot.callId!;
    // Lower than the own one: by the rule for two who dial each other the own call would give way and this one be accepted.
    const theirs = own > callId ? callId : `A${own.slice(1)}`.replace(/^A/, "-");
    return { view, ports, theirs };
  }

  /* Two contacts whose ids look alike once they have gone through a host's own code. */
  const alike: [name: string, dialled: unknown, from: unknown][] = [
    ["a number too large to be exact", 9_007_199_254_740_992, Number("9007199254740993")],
    ["a large number of JSON", JSON.parse("9007199254740993"), "9007199254740992"],
    ["no number", Number.NaN, "NaN"],
    ["nothing, as a text", "undefined", "undefined"],
    ["null, as a text", "null", "null"],
    ["an object, as a text", "[object Object]", "[object Object]"],
    ["the same object", {}, {}],
    ["an empty text", "", ""],
    ["blanks", "  ", "  "],
    ["a symbol", Symbol.for("a"), Symbol.for("a")],
    ["a question mark and an unreadable sender", "?", {}],
    ["infinity", Infinity, "Infinity"],
  ];
  for (const [name, dialled, from] of alike) {
    it(`never accepts a call without a ring where an id names nobody: ${name}`, async () => {
      const ports = new FakePorts();
      const view = (await made("sx-call-view")) as SxCallView;
      view.calls = callCenterOver({}, ports);
      view.contact = { id: dialled as string, name: "Ann" };
      await view.startCall({ media: "audio" });
      const own = view.snapshot.callId!;
      const theirs = own > callId ? callId : `-${own.slice(1)}`;
      view.receiveSignal(signal("invite", { callId: theirs, sentAt: ports.now() }), from as string);
      await settled();
      expect(view.snapshot.state).to.equal("inviting");
      expect(view.others.map(({ state }) => state)).to.deep.equal(["incoming"]);
      view.calls.close();
    });
  }

  for (const from of [8, "8", {}, [], "7 "] as unknown[]) {
    it(`never accepts a stranger's call without a ring: ${JSON.stringify(from)}`, async () => {
      const { view, ports, theirs } = await dialling();
      const invite = signal("invite", { callId: theirs, sentAt: ports.now() });
      view.receiveSignal(invite, from as string);
      await settled();
      expect(view.snapshot.state).to.equal("inviting");
      expect(view.others.map(({ state }) => state)).to.deep.equal(["incoming"]);
      view.calls.close();
    });
  }

  it("is the same contact as the one whose id is that text", async () => {
    const { view, ports, theirs } = await dialling();
    expect(view.contact.id).to.equal("7");
    view.receiveSignal(signal("invite", { callId: theirs, sentAt: ports.now() }), 7);
    await settled();
    // Both dialled each other: one call is left.
    expect([
      view.others.length,
      view.snapshot.callId === theirs || view.snapshot.state === "inviting",
    ]).to.deep.equal([0, true]);
    view.calls.close();
  });
});
