import { expect } from "@open-wc/testing";
import { readOptions } from "../../../src/controller/call-options.ts";
import {
  maxMessage,
  newName,
  readMessage,
  writeMessage,
} from "../../../src/hosts/bridge/envelope.ts";
import { hostVerbs, pageVerbs } from "../../../src/hosts/bridge/verbs.ts";
import { callOptions } from "../../support/call-options.ts";

const read = (message: unknown) => readMessage(hostVerbs, JSON.stringify(message));
const secret = btoa("s".repeat(32));

describe("a message", () => {
  it("is read with its verb, its data and its ids", () => {
    expect(read({ v: 1, id: 7, type: "set-camera", data: { on: true } })).to.deep.equal({
      ...{ id: 7, type: "set-camera", data: { on: true } },
    });
    expect(read({ v: 1, re: "a", type: "ok", data: { handled: true } })).to.deep.equal({
      ...{ re: "a", type: "ok", data: { handled: true } },
    });
  });

  it("may leave its data out where its verb needs none", () => {
    expect(read({ v: 1, type: "hang-up" })).to.deep.equal({ type: "hang-up", data: {} });
    expect(read({ v: 1, type: "configure" })).to.deep.equal({
      type: "configure",
      data: { properties: {}, ignored: [] },
    });
  });

  it("loses the fields that its verb does not have", () => {
    const message = read({ v: 1, type: "set-camera", data: { on: true, also: 1 }, more: 2 });
    expect(message).to.deep.equal({ type: "set-camera", data: { on: true } });
  });

  it("comes back as it was written", () => {
    const message = { id: 3, type: "swap", data: { callId: "c3RvcmllcyBhbmQgdGVzdA" } };
    expect(readMessage(hostVerbs, writeMessage(message))).to.deep.equal(message);
    expect(JSON.parse(writeMessage(message))).to.deep.equal({ v: 1, ...message });
  });

  it("is read by the other table at the other end", () => {
    const incoming = {
      type: "incoming",
      data: { callId: "c3RvcmllcyBhbmQgdGVzdA", media: "audio" },
    };
    expect(readMessage(pageVerbs, writeMessage(incoming))).to.deep.equal(incoming);
    expect(readMessage(hostVerbs, writeMessage(incoming))).to.include({
      type: null,
      code: "unknown-type",
    });
  });
});

describe("an invalid message", () => {
  const refusals: [name: string, text: unknown, code: string][] = [
    ["no text", { v: 1, type: "hang-up" }, "bad-message"],
    ["nothing", undefined, "bad-message"],
    ["no JSON", "{", "bad-message"],
    ["no object", "7", "bad-message"],
    ["a list", "[]", "bad-message"],
    ["no type", '{"v":1}', "bad-message"],
    ["another version", '{"v":2,"type":"hang-up"}', "unsupported-version"],
    ["no version", '{"type":"hang-up"}', "unsupported-version"],
    ["an unknown verb", '{"v":1,"type":"explode"}', "unknown-type"],
    ["a verb of every object", '{"v":1,"type":"constructor"}', "unknown-type"],
    ["a prototype", '{"v":1,"type":"__proto__"}', "unknown-type"],
    ["a field of the wrong type", '{"v":1,"type":"set-camera","data":{"on":1}}', "bad-message"],
    ["data that is no object", '{"v":1,"type":"hang-up","data":7}', "bad-message"],
    ["too much", `{"v":1,"type":"hang-up","x":"${"x".repeat(maxMessage)}"}`, "too-large"],
    ["too deep", `{"v":1,"type":"receive-signal","data":${"[".repeat(100_000)}`, "bad-message"],
  ];
  for (const [name, text, code] of refusals) {
    it(`is refused: ${name}`, () => {
      expect(readMessage(hostVerbs, text)).to.include({ type: null, code });
    });
  }

  it("takes 4,194,304 characters and no more", () => {
    const short = '{"v":1,"type":"hang-up","x":""}';
    const filled = (length: number) =>
      short.replace('""', `"${"x".repeat(length - short.length)}"`);
    expect(readMessage(hostVerbs, filled(4_194_304))).to.include({ type: "hang-up" });
    expect(readMessage(hostVerbs, filled(4_194_305))).to.include({ code: "too-large" });
  });

  it("keeps its id, so that it can be answered", () => {
    expect(read({ v: 1, id: 9, type: "explode" })).to.include({ id: 9, isAnswer: false });
    expect(read({ v: 1, id: "n", type: "set-camera" })).to.include({ id: "n" });
  });

  it("has no id if it is invalid", () => {
    for (const id of [{}, "", "x".repeat(65), 1.5, null, 2 ** 60]) {
      expect(read({ v: 1, id, type: "hang-up" }), JSON.stringify(id)).to.deep.equal({
        type: "hang-up",
        data: {},
      });
    }
  });

  it("is recognised as an answer, which must not be answered", () => {
    for (const answer of [
      { re: 1, type: "explode" },
      { type: "error", data: 7 },
      { type: "ok", data: 7 },
    ]) {
      expect(read({ v: 1, ...answer }), answer.type).to.include({ type: null, isAnswer: true });
    }
  });

  it("is reported by its verb and its field, never by a value", () => {
    const refused = read({ v: 1, type: "swap", data: { callId: secret } });
    expect(refused).to.include({ message: 'The message "swap" has a bad field: callId.' });
    const settings = { hostSecret: `${secret}!`, theme: { [secret]: "red" } };
    const configure = read({ v: 1, type: "configure", data: settings });
    expect(configure).to.deep.nested.include({ "data.ignored": ["hostSecret", "theme"] });
    expect(read({ v: 1, type: secret })).to.include({ message: "A message has an unknown type." });
  });
});

describe("the settings of a host", () => {
  const settings = (data: object) => {
    const message = read({ v: 1, type: "configure", data });
    return message.type === "configure" ? message.data : null;
  };

  it("carry bytes as base64", () => {
    const { hostSecret, hostBinding } = settings({ hostSecret: secret, hostBinding: "AQID" })!
      .properties as Record<string, Uint8Array>;
    expect([...hostSecret!].join()).to.equal(Array.from({ length: 32 }, () => 115).join());
    expect([...hostBinding!].join()).to.equal("1,2,3");
  });

  it("make no call possible with a secret that has not 32 bytes, or a binding of more than 4096", () => {
    const problem = (data: object) =>
      readOptions({ ...callOptions, ...settings(data)!.properties }).problem?.message ?? null;
    expect(problem({ hostSecret: btoa("short") })).to.contain("hostSecret");
    expect(problem({ hostSecret: null })).to.equal(null);
    expect(problem({ hostBinding: btoa("b".repeat(4096)) })).to.equal(null);
    expect(problem({ hostBinding: btoa("b".repeat(4097)) })).to.contain("hostBinding");
  });

  it("take the kit's own custom properties", () => {
    const theme = {
      "--sx-color-accent": "light-dark(#65558f, rgb(0 0 0 / 50%))",
      "--sx-font": '"Inter", sans-serif',
      "--sx-radius-l": "1.75rem",
    };
    expect(settings({ theme })).to.deep.equal({ properties: {}, theme, ignored: [] });
  });

  it("leave out a custom property that could fetch something, or be something else, and name it", () => {
    const accent = "--sx-color-accent";
    for (const value of [
      ...[
        "url(https://a.example/)",
        "URL(x)",
        'image-set("a.png" 1x)',
        'src("a")',
        "-webkit-image-set(x)",
        "red\nurl(a)",
      ],
      ...["u\\72l(a)", "red; color: blue", "{}"],
    ]) {
      const given = { [accent]: value, "--sx-radius-l": "1rem" };
      const [theme, ignored] = [{ "--sx-radius-l": "1rem" }, [`theme.${accent}`]];
      expect(settings({ theme: given }), value).to.deep.equal({ properties: {}, theme, ignored });
    }
    for (const name of ["color", "--other", "--sx-", "--sx-A"])
      expect(settings({ theme: { [name]: "red" } })).to.deep.include({
        theme: {},
        ignored: ["theme"],
      });
  });
});

describe("a name", () => {
  it("is different each time", () => {
    const names = new Set(Array.from({ length: 100 }, newName));
    expect(names.size).to.equal(100);
    expect([...names].every((name) => /^[0-9a-f]{32}$/.test(name))).to.equal(true);
  });
});
