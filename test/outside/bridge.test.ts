import { expect } from "@open-wc/testing";
import fc from "fast-check";
import type { HostData } from "../../src/hosts/bridge/connect-host.ts";
import { toId } from "../../src/host-values/host-value.ts";
import { hostVerbs } from "../../src/hosts/bridge/verbs.ts";
import { exactOrigin } from "../../src/hosts/transports/app-object.ts";
import { framePort } from "../../src/hosts/transports/frame-port.ts";
import { messagePort } from "../../src/hosts/transports/message-port.ts";
import { aSnapshot } from "../../stories/support/snapshots.ts";
import { HostedCall, parsed, postedBy } from "../support/hosts/hosted-call.ts";
import { samples } from "../support/signals.ts";
import { codeThrownBy } from "../support/thrown.ts";
import { settled } from "../support/virtual-clock.ts";

/*
 * Values of native code: `null` for unset fields, numeric ids, system names of languages, values out of range. An invalid field
 * is dropped, and reported to the host.
 */

const turn = { urls: ["turn:relay.example:3478"], username: "u", credential: "c" };
const secret = btoa("s".repeat(32));
const callId = "c3RvcmllcyBhbmQgdGVzdA";

/** A host's message is JSON, without TypeScript's types. */
const raw = (data: object) => data as HostData["configure"];

describe("a setting that cannot be taken as it is", () => {
  const rows: [name: string, data: Record<string, unknown>, ignored: string[]][] = [
    ["nothing for every field", allNull(), []],
    ["a language as systems write it", { lang: "en_US" }, []],
    ["a language of POSIX", { lang: "de_DE.UTF-8@euro" }, []],
    ["a language that is none", { lang: "no language!" }, ["lang"]],
    ["a name of 257 characters", { contact: { id: "a", name: "n".repeat(257) } }, ["contact.name"]],
    ["a contact whose id is a number", { contact: { id: 42, name: "Ann" } }, []],
    ["a contact without a name", { contact: { id: "a", name: null } }, []],
    ["a contact that is a text", { contact: "Ann" }, ["contact"]],
    [
      "a picture that is no text",
      { contact: { id: "a", name: "A", avatarUrl: 7 } },
      ["contact.avatarUrl"],
    ],
    ["a volume over the loudest", { volume: 1.2 }, ["volume"]],
    ["a volume in words", { volume: "loud" }, ["volume"]],
    ["a text size of 9", { textSize: 9 }, ["textSize"]],
    ["a ring time of nothing", { ringTimeout: 0 }, ["ringTimeout"]],
    ["a ring time of an hour", { ringTimeout: 3600 }, ["ringTimeout"]],
    ["a cap that cannot be kept", { dataSaver: 1 }, ["dataSaver"]],
    ["a switch as a number", { hideControls: 1, keepBars: 0 }, []],
    ["a switch as a word", { ring: "true", noHaptics: "perhaps" }, ["noHaptics"]],
    [
      "a choice of another version",
      { pictures: "none", whenBusy: "voicemail" },
      ["whenBusy", "pictures"],
    ],
    [
      "a theme with one address",
      { theme: { "--sx-color-accent": "url(x)" } },
      ["theme.--sx-color-accent"],
    ],
    ["a theme that is a text", { theme: "dark" }, ["theme"]],
    ["a help text of 2,000 characters", { permissionHelp: "x".repeat(2000) }, ["permissionHelp"]],
    ["a last call that is a text", { lastCall: "connected" }, ["lastCall"]],
  ];
  for (const [name, data, ignored] of rows) {
    it(`costs that setting alone: ${name}`, async () => {
      const hosted = await HostedCall.joined();
      const { view, host } = hosted;
      const answer = await host.request(
        "configure",
        raw({ iceServers: [turn], hostSecret: secret, ...data }),
      );
      expect([...answer.ignored].sort()).to.deep.equal([...ignored].sort());
      const reported = await hosted.untilReported("configured");
      expect([...reported.ignored].sort()).to.deep.equal([...ignored].sort());
      if (data.iceServers !== null) {
        expect(view.iceServers).to.deep.equal([turn]);
        expect(view.hostSecret?.length).to.equal(32);
      }
      await view.updateComplete;
      document.documentElement.style.fontSize = "";
    });
  }

  function allNull(): Record<string, null> {
    const names =
      "contact iceServers relayOnly measureRelays ringTimeout reconnectTimeout dataSaver whenBusy lastCall hostSecret hostBinding encryptOnMainThread " +
      "hideControls pictures keepBars keepEnded smallWindow shortcuts permissionHelp volume soundRegion ring noHaptics noWakeLock systemControls " +
      "lang dir colorScheme theme textSize";
    return Object.fromEntries(names.split(" ").map((name) => [name, null]));
  }

  it("leaves every property as it was where it is nothing", async () => {
    const { view, host } = await HostedCall.joined();
    const before = { ...settingsOf(view) };
    await host.request("configure", raw(allNull()));
    expect(settingsOf(view)).to.deep.equal(before);
  });

  const values: [name: string, data: Record<string, unknown>, property: string, value: unknown][] =
    [
      ["the language of the system", { lang: "en_US" }, "lang", "en-US"],
      ["Java's code of Hebrew", { lang: "iw_IL" }, "lang", "he-IL"],
      ["the loudest", { volume: 1.2 }, "volume", 1],
      ["silence", { volume: -3 }, "volume", 0],
      ["the longest ring", { ringTimeout: 3600 }, "ringTimeout", 600],
      ["the least cap", { dataSaver: 1 }, "dataSaver", 60],
      ["a switch of a database", { hideControls: 1 }, "hideControls", true],
      ["the stricter choice of addresses", { relayOnly: "yes, please" }, "relayOnly", true],
      ["the choice in a word", { relayOnly: "false" }, "relayOnly", false],
    ];
  for (const [name, data, property, value] of values) {
    it(`becomes the nearest one: ${name}`, async () => {
      const { view, host } = await HostedCall.joined();
      await host.request("configure", raw(data));
      expect(Reflect.get(view, property)).to.equal(value);
    });
  }

  it("is a server among good ones: the good ones are set", async () => {
    const { view, host } = await HostedCall.joined();
    const iceServers = [null, { urls: "https://x.example" }, turn, { urls: "turn:y.example" }];
    const answer = await host.request("configure", raw({ iceServers }));
    expect(view.iceServers).to.deep.equal([turn]);
    expect(answer.ignored).to.deep.equal(["iceServers[0]", "iceServers[1]", "iceServers[3]"]);
  });

  for (const [name, hostSecret] of Object.entries({
    ...{ short: btoa("short"), "no base64": "%%%", "a number": 7, "a list of texts": ["a"] },
  })) {
    it(`makes no call possible where it is a secret that is ${name}`, async () => {
      const { view, host } = await HostedCall.joined();
      const answer = await host.request("configure", raw({ hostSecret, volume: 0.5 }));
      expect(answer.ignored).to.deep.equal(["hostSecret"]);
      expect([view.volume, view.hostSecret?.length]).to.deep.equal([0.5, 4097]);
    });
  }

  for (const [name, hostBinding] of Object.entries({
    ...{ "in lines": "AQ\nID\n", "without padding": "AQIDBA", "of URLs": "-_8" },
    "as signed bytes": [1, -2, 3],
  })) {
    it(`is taken where it is base64 or bytes ${name}`, async () => {
      const { view, host } = await HostedCall.joined();
      const answer = await host.request("configure", raw({ hostBinding }));
      expect(answer.ignored).to.deep.equal([]);
      expect(view.hostBinding?.length).to.be.within(2, 4);
    });
  }
});

describe("a picture of a contact", () => {
  it("of 300 kB is shown, and what was set with it counts", async () => {
    const { view, host } = await HostedCall.joined();
    const avatarUrl = `data:image/png;base64,${"A".repeat(400_000)}`;
    const contact = { id: "a", name: "Ann", avatarUrl };
    const answer = await host.request("configure", { contact, iceServers: [turn] });
    expect(answer.ignored).to.deep.equal([]);
    expect([view.contact.avatarUrl, view.iceServers]).to.deep.equal([avatarUrl, [turn]]);
  });

  it("of 3 MB is left out, and the name is shown", async () => {
    const { view, host } = await HostedCall.joined();
    const contact = { id: "a", name: "Ann", avatarUrl: `data:image/png,${"A".repeat(3_000_000)}` };
    const answer = await host.request("configure", { contact });
    expect(answer.ignored).to.deep.equal(["contact.avatarUrl"]);
    expect(view.contact).to.deep.equal({ id: "a", name: "Ann" });
  });
});

describe("a message with fields that are null", () => {
  it("is an invitation like any other", async () => {
    const hosted = await HostedCall.joined();
    const nothing = { message: samples.invite, from: null, contact: null };
    await hosted.host.request("receive-signal", nothing);
    await hosted.host.request("receive-signal", {
      message: samples.invite,
      contact: { id: 42, name: null, avatarUrl: null },
    });
    expect(hosted.calls.received).to.deep.equal([samples.invite, samples.invite]);
    expect(hosted.senders).to.deep.equal([undefined, "42"]);
  });

  const rows: { [Type in keyof HostData]?: object } = {
    accept: { callId: null, media: null, active: null },
    decline: { callId: null },
    ignore: { callId: null },
    background: { keepCamera: null },
    "audio-routes": { routes: null },
  };
  for (const [type, data] of Object.entries(rows)) {
    it(`is carried out: ${type}`, async () => {
      const { host } = await HostedCall.joined(aSnapshot("incoming"));
      expect(await host.request(type as "ignore", data)).to.deep.equal({});
    });
  }

  it("is carried out where its data is null", async () => {
    const { host } = await HostedCall.joined(aSnapshot("connected"));
    expect(await host.request("hang-up", null as unknown as object)).to.deep.equal({});
  });

  it("is a call to a contact without a picture", async () => {
    const hosted = await HostedCall.joined();
    const contact = { id: 7, name: "Bob", avatarUrl: null };
    await hosted.host.request("start-call", { media: "audio", contact });
    expect(hosted.calls.asked).to.deep.equal([{ type: "start", media: "audio", to: "7" }]);
  });
});

describe("the sender of a signal", () => {
  it("that is unreadable does not count as the person dialled", async () => {
    const hosted = await HostedCall.joined();
    for (const from of [{}, [], true])
      await hosted.host.request("receive-signal", {
        message: samples.invite,
        from: from as unknown as string,
      });
    expect(hosted.senders.map((name) => name !== undefined && toId(name) === null)).to.deep.equal([
      true,
      true,
      true,
    ]);
    // Or what belongs to its call would be dropped.
    expect(new Set(hosted.senders).size).to.equal(1);
  });

  it("is reported by its number as by its text", async () => {
    const hosted = await HostedCall.joined();
    await hosted.host.request("receive-signal", { message: samples.invite, from: 42 });
    expect(hosted.senders).to.deep.equal(["42"]);
  });
});

describe("the ways for the sound", () => {
  it("are read one by one", async () => {
    const { view, host } = await HostedCall.joined();
    const routes = [
      { id: 3, label: null, selected: 1, kind: "hearing-aid" },
      null,
      { label: "No id" },
      { id: "b", label: "Car", selected: false, kind: "bluetooth" },
    ];
    const answer = await host.request("audio-routes", {
      routes: routes as unknown as HostData["audio-routes"]["routes"],
    });
    expect(answer.ignored).to.deep.equal(["routes[1]", "routes[2]"]);
    expect(view.audioRoutes).to.deep.equal([
      { id: "3", label: "3", selected: true, kind: "other" },
      { id: "b", label: "Car", selected: false, kind: "bluetooth" },
    ]);
  });
});

describe("JSON as native code writes it", () => {
  const text = '{"v":1,"id":77,"type":"configure","data":{"volume":0.25}}';
  const rows: [name: string, text: string][] = [
    ["with a byte order mark", `\ufeff${text}`],
    ["as a text in a text", JSON.stringify(text)],
    ["with blanks and a line's end", `\r\n ${text} \n`],
    [
      "with a field twice: the last one counts",
      text.replace('"volume":0.25', '"volume":9,"volume":0.25'),
    ],
    ["with a number as a text", text.replace("0.25", '"0.25"')],
    ["with a version as a text", text.replace('"v":1', '"v":"1"')],
    [
      "with a field of the host's own, deep",
      text.replace('"data"', `"x":${"[".repeat(500)}${"]".repeat(500)},"data"`),
    ],
  ];
  for (const [name, given] of rows) {
    it(`is carried out ${name}`, async () => {
      const hosted = await HostedCall.joined();
      hosted.ends.page.hear(given);
      await hosted.view.updateComplete;
      const answers = hosted.ends.page.posted.map(parsed).filter(({ re }) => re === 77);
      expect(answers.map(({ type }) => type)).to.deep.equal(["ok"]);
      expect(hosted.view.volume).to.equal(0.25);
    });
  }

  it("is refused as a text in a text in a text", async () => {
    const hosted = await HostedCall.joined();
    hosted.ends.page.hear(JSON.stringify(JSON.stringify(JSON.stringify(text))));
    expect(postedBy(hosted.ends.page, "error").length).to.equal(1);
  });
});

describe("every message with an id", () => {
  const rows: [name: string, text: string, id: unknown][] = [
    [
      "too large, id first",
      `{"v":1,"id":7,"type":"configure","data":"${"x".repeat(4_200_000)}"}`,
      7,
    ],
    ["too large, id last", `{"data":"${"x".repeat(4_200_000)}","v":1,"type":"x","id":"a7"}`, "a7"],
    ["cut", '{"v":1,"type":"configure","id":8,"data":{"contact":{"id":"9"', 8],
    ["with data of the wrong type", '{"v":1,"id":9,"type":"configure","data":[]}', 9],
    ["with a verb of another version", '{"v":1,"id":10,"type":"explode","data":null}', 10],
    [
      "with a field of the wrong type",
      '{"v":1,"id":11,"type":"set-camera","data":{"on":null}}',
      11,
    ],
  ];
  for (const [name, text, id] of rows) {
    it(`is answered under it: ${name}`, async () => {
      const hosted = await HostedCall.joined();
      hosted.ends.page.hear(text);
      const answers = hosted.ends.page.posted.map(parsed).filter(({ type }) => type === "error");
      expect(answers.map(({ re }) => re)).to.deep.equal([id]);
    });
  }

  it("and no message of a contact's id", async () => {
    const hosted = await HostedCall.joined();
    hosted.ends.page.hear('{"v":1,"type":"configure","data":{"contact":{"name":"a","id":"9"}');
    expect(postedBy(hosted.ends.page, "error").length).to.equal(1);
    expect(parsed(hosted.ends.page.posted.at(-1)).re).to.equal(undefined);
  });

  it("is carried out or refused by its id, whatever is in its fields: 300 messages", async () => {
    const hosted = await HostedCall.joined();
    const value = fc.oneof(
      fc.constantFrom<unknown>(
        undefined,
        null,
        7,
        "",
        "text",
        [],
        {},
        [null],
        true,
        "x".repeat(100_000),
      ),
      fc.jsonValue({ maxDepth: 2 }),
    );
    const names = Object.keys(settingsOf(hosted.view));
    // Not those that the host itself counts.
    let id = 1000;
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom("configure", "receive-signal", "audio-routes"),
        fc.dictionary(
          fc.constantFrom(
            ...names,
            "contact",
            "theme",
            "textSize",
            "lang",
            "from",
            "message",
            "routes",
          ),
          value,
        ),
        async (type, data) => {
          id += 1;
          hosted.ends.page.hear(JSON.stringify({ v: 1, id, type, data }));
          await hosted.view.updateComplete;
          const answers = hosted.ends.page.posted.map(parsed).filter(({ re }) => re === id);
          // Without a message there is nothing to receive.
          const isEmpty = type === "receive-signal" && data.message === undefined;
          const expected = isEmpty ? "error" : "ok";
          expect(answers.map((answer) => answer.type)).to.deep.equal([expected]);
          hosted.ends.page.posted.length = 0;
        },
      ),
      { numRuns: 300 },
    );
    document.documentElement.style.fontSize = "";
    // The next call is received.
    await hosted.host.request("receive-signal", { message: { ...samples.invite, callId } });
    expect(hosted.calls.received.at(-1)).to.deep.equal({ ...samples.invite, callId });
  });
});

describe("every field of every message", () => {
  const wrong: unknown[] = [
    ...[
      null,
      7,
      -1,
      Infinity,
      "",
      "text",
      true,
      false,
      [],
      [null],
      {},
      { id: null },
      { a: { b: {} } },
    ],
    "x".repeat(100_000),
  ];
  const names = ["media", "contact", "message", "from", "callId", "active", "on", "snapshot"];
  const fields = [...names, "routes", "keepCamera", "page", "host"];

  for (const type of Object.keys(hostVerbs).filter((verb) => verb !== "hello")) {
    it(`may be anything: it is answered once, and the next message counts: ${type}`, async () => {
      const hosted = await HostedCall.joined();
      let id = 1000;
      for (const field of fields) {
        for (const value of wrong) {
          id += 1;
          hosted.ends.page.posted.length = 0;
          hosted.ends.page.hear(JSON.stringify({ v: 1, id, type, data: { [field]: value } }));
          await settled();
          await hosted.view.updateComplete;
          const answers = hosted.ends.page.posted.map(parsed).filter(({ re }) => re === id);
          expect(answers.length, `${type} ${field} ${JSON.stringify(value).slice(0, 40)}`).to.equal(
            1,
          );
          expect(["ok", "error"]).to.include(answers[0]?.type);
        }
      }
      await hosted.host.request("receive-signal", { message: { ...samples.invite, callId } });
      expect(hosted.calls.received.at(-1)).to.deep.equal({ ...samples.invite, callId });
    });
  }
});

describe("the origin of the other page", () => {
  const same: [given: string, origin: string][] = [
    ["https://app.example/", "https://app.example"],
    ["HTTPS://App.Example", "https://app.example"],
    ["https://app.example:443/chat?x#y", "https://app.example"],
    ["http://localhost:8080/", "http://localhost:8080"],
    ["capacitor://localhost/", "capacitor://localhost"],
    ["https://münchen.example", "https://xn--mnchen-3ya.example"],
  ];
  for (const [given, origin] of same)
    it(`is ${origin} for ${given}`, () => {
      expect(exactOrigin(given)).to.equal(origin);
    });

  for (const given of [
    "null",
    "",
    "*",
    "app.example",
    "file:///android_asset/x.html",
    null,
    undefined,
    7,
  ]) {
    it(`is refused at once where there is none: ${String(given)}`, () => {
      const frame = document.createElement("iframe");
      const address = given as string;
      expect(codeThrownBy(() => messagePort(address))).to.equal("bad-argument");
      expect(codeThrownBy(() => framePort(frame, address))).to.equal("bad-argument");
    });
  }
});

function settingsOf(view: HTMLElement): Record<string, unknown> {
  const names = [
    ...["iceServers", "relayOnly", "ringTimeout", "reconnectTimeout", "dataSaver", "whenBusy"],
    ...["lastCall", "hostSecret", "hostBinding", "encryptOnMainThread", "hideControls", "pictures"],
    ...[
      "keepBars",
      "keepEnded",
      "smallWindow",
      "shortcuts",
      "permissionHelp",
      "volume",
      "soundRegion",
      "ring",
    ],
    ...["noHaptics", "noWakeLock", "systemControls"],
  ];
  return Object.fromEntries(names.map((name) => [name, Reflect.get(view, name) as unknown]));
}
