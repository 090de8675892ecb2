import { expect } from "@open-wc/testing";
import {
  encodeReply,
  parseHostMessage,
  type ParsedMessage,
} from "../../../src/hosts/simplex/simplex-host.ts";
import { simplexLimits } from "../../../src/hosts/simplex/messages.ts";
import type { SimplexCommand, WireCommand } from "../../../src/hosts/simplex/messages.ts";
import { hostile, marker } from "./hostile.ts";
import { candidates, keyBytes, keyText, packed, sdp, wireSamples, wireTypes } from "./wire.ts";

/** The command of a message that must have been taken. */
function taken(command: unknown): SimplexCommand {
  const parsed = parseHostMessage({ command });
  if (!parsed.ok) throw new Error(parsed.message);
  return parsed.command;
}

/** Why a command was refused; an empty text where it was not. */
function refusal(command: unknown): string {
  return messageOf(parseHostMessage({ command }));
}

function messageOf(parsed: ParsedMessage): string {
  return parsed.ok ? "" : parsed.message;
}

/** The bytes of a key become a list: plain values compare well. */
function comparable(command: SimplexCommand): unknown {
  return "aesKey" in command && command.aesKey
    ? { ...command, aesKey: Array.from(command.aesKey) }
    : command;
}

const iceServers = [
  {
    urls: ["stuns:stun.example.org:443", "turn:192.0.2.7:443?transport=tcp"],
    username: "private",
    credential: "s3cret",
  },
  { urls: "stun:[2001:db8::1]:3478" },
];
const connection = { media: "video", aesKey: keyBytes, iceServers, relay: true, reconnect: true };
/** Expected results of {@link wireSamples}; the other commands are unchanged. */
const commands: Partial<Record<WireCommand["type"], unknown>> = {
  start: { type: "start", ...connection },
  offer: { type: "offer", offer: { type: "offer", sdp }, iceCandidates: candidates, ...connection },
  answer: { type: "answer", answer: { type: "answer", sdp }, iceCandidates: candidates },
  ice: { type: "ice", iceCandidates: candidates },
};

describe("a command of a SimpleX app", () => {
  for (const type of wireTypes) {
    it(`is taken and unpacked, from an object and from its text: ${type}`, () => {
      const message = { command: wireSamples[type] };
      for (const given of [message, JSON.stringify(message)]) {
        const parsed = parseHostMessage(given);
        if (!parsed.ok) throw new Error(parsed.message);
        expect(comparable(parsed.command)).to.deep.equal(commands[type] ?? wireSamples[type]);
        expect(JSON.stringify(parsed.echo)).to.equal(JSON.stringify(wireSamples[type]));
        expect("corrId" in parsed).to.equal(false);
      }
    });

    it(`loses what this version does not know, but not in the echo: ${type}`, () => {
      const future = { ...wireSamples[type], future: { a: [marker] }, toJSON: "x" };
      const parsed = parseHostMessage({ command: future, resp: 1, future });
      if (!parsed.ok) throw new Error(parsed.message);
      expect(comparable(parsed.command)).to.deep.equal(commands[type] ?? wireSamples[type]);
      expect(JSON.stringify(parsed.echo)).to.equal(JSON.stringify(future));
    });
  }

  it("may leave out what is optional, or set it to null", () => {
    for (const optional of [{}, { aesKey: null, iceServers: null, relay: null, reconnect: null }]) {
      expect(taken({ type: "start", media: "audio", ...optional })).to.deep.equal({
        ...{
          type: "start",
          media: "audio",
          aesKey: null,
          iceServers: null,
          relay: false,
          reconnect: false,
        },
      });
    }
  });

  it("has its key as base64url of 32 bytes, with padding or without, and nothing else", () => {
    const start = { type: "start", media: "audio" };
    for (const aesKey of [keyText, keyText.slice(0, -1)]) {
      expect(comparable(taken({ ...start, aesKey })))
        .to.have.property("aesKey")
        .that.deep.equals(keyBytes);
    }
    const standard = keyText.replaceAll("-", "+").replaceAll("_", "/");
    const wrong = [
      ...[
        "",
        "=",
        standard,
        standard.slice(0, -1),
        `${keyText}=`,
        ` ${keyText}`,
        `${keyText}\n`,
        keyText.slice(1),
      ],
      // One bit that belongs to no byte.
      ...[
        keyText.replace("8=", "9="),
        "A".repeat(44),
        "A".repeat(42),
        "A".repeat(64),
        32,
        true,
        [],
        keyBytes,
        { length: 43 },
      ],
    ];
    for (const aesKey of wrong)
      expect(refusal({ ...start, aesKey })).to.equal("start: aesKey is malformed");
  });

  it("has servers that an engine can be given", () => {
    const start = { type: "start", media: "audio" };
    const server = { urls: "turn:x", username: null, credential: null, credentialType: "password" };
    expect(taken({ ...start, iceServers: [server] }))
      .to.have.property("iceServers")
      .that.deep.equals([{ urls: "turn:x" }]);
    expect(taken({ ...start, iceServers: [] }))
      .to.have.property("iceServers")
      .that.deep.equals([]);
    const urls = [
      "",
      "x",
      "http://x",
      "javascript:1",
      "stun:",
      "stun: x",
      "stun:x\n",
      `turn:${"x".repeat(512)}`,
      1,
      null,
      [],
    ];
    for (const url of [...urls, ["turn:x", "y"], Array.from({ length: 17 }, () => "turn:x"), {}]) {
      expect(refusal({ ...start, iceServers: [{ urls: "stun:x" }, { urls: url }] })).to.match(
        /^start: iceServers\.1\.urls is malformed$/,
      );
    }
    expect(refusal({ ...start, iceServers: [{}] })).to.equal("start: iceServers.0.urls is missing");
    expect(refusal({ ...start, iceServers: [{ ...server, username: 1 }] })).to.equal(
      "start: iceServers.0.username is malformed",
    );
    expect(
      refusal({ ...start, iceServers: [{ ...server, credential: "x".repeat(513) }] }),
    ).to.equal("start: iceServers.0.credential is malformed");
    for (const list of [Array.from({ length: 33 }, () => server), {}, "stun:x"]) {
      expect(refusal({ ...start, iceServers: list })).to.equal("start: iceServers is malformed");
    }
  });

  it("is copied, so that nothing of it can change later", () => {
    const given = { command: { ...wireSamples.start, iceServers: [{ urls: ["stun:x"] }] } };
    const parsed = parseHostMessage(given);
    given.command.iceServers[0]!.urls[0] = marker;
    expect(JSON.stringify(parsed)).not.to.contain(marker);
  });
});

describe("a command that is wrong", () => {
  it("is refused by the name of its field, and its values are never named", () => {
    const optional = new Set(["aesKey", "iceServers", "relay", "reconnect"]);
    let seen = 0;
    for (const type of wireTypes) {
      for (const field of Object.keys(wireSamples[type]).filter((name) => name !== "type")) {
        const { [field]: _left, ...without } = wireSamples[type];
        const missing = refusal(without);
        expect(missing).to.equal(optional.has(field) ? "" : `${type}: ${field} is missing`);
        for (const wrong of [
          marker.repeat(999),
          { [marker]: marker },
          [marker],
          1e300,
          Number.NaN,
        ]) {
          const message = refusal({ ...wireSamples[type], [field]: wrong });
          expect(message).to.match(
            new RegExp(
              `^${type}: ${field}(?:\\.0(?:\\.urls)?)? is (?:malformed|missing|not a packed .*)$`,
            ),
          );
          expect(message).not.to.contain("MARKER");
          seen += 1;
        }
      }
    }
    expect(seen).to.be.greaterThan(100);
  });

  it("is refused where what is packed in it is wrong", () => {
    const { offer, answer, ice } = wireSamples;
    expect(refusal({ ...offer, iceCandidates: marker })).to.equal(
      "offer: iceCandidates is not a packed list of candidates",
    );
    expect(refusal({ ...ice, iceCandidates: packed([{ candidate: marker }]) })).to.equal(
      "ice: iceCandidates.0 is malformed",
    );
    expect(refusal({ ...offer, offer: packed({ type: "answer", sdp }) })).to.equal(
      "offer: offer.type is malformed",
    );
    expect(refusal({ ...answer, answer: packed({ type: "answer", sdp: marker }) })).to.equal(
      "answer: answer.sdp is malformed",
    );
    expect(refusal({ ...answer, answer: "" })).to.equal(
      "answer: answer is not a packed description",
    );
    expect(refusal({ ...ice, iceCandidates: packed("x".repeat(300_000)) })).to.equal(
      "ice: iceCandidates is too large",
    );
  });

  it("is reported by its name where it is unknown, if that can only be a name", () => {
    for (const type of ["hangup", "constructor", "toString", "x".repeat(32)]) {
      expect(refusal({ type })).to.equal(`unknown command: ${type}`);
    }
    const odd = [
      "",
      "__proto__",
      marker,
      "a b",
      "x".repeat(33),
      "end\n",
      " end",
      "é",
      null,
      1,
      true,
      {},
      ["end"],
      undefined,
    ];
    for (const type of odd) expect(refusal({ type })).to.equal("unknown command");
  });

  it("is echoed all the same", () => {
    for (const command of [{ type: "hangup", a: [1] }, { ...wireSamples.offer, offer: 1 }, {}]) {
      const parsed = parseHostMessage({ corrId: "7", command });
      expect(parsed.ok).to.equal(false);
      expect(parsed.corrId).to.equal("7");
      expect(JSON.stringify(parsed.echo)).to.equal(JSON.stringify(command));
    }
  });
});

describe("an invalid message", () => {
  it("gets an error", () => {
    for (const given of [
      {},
      [],
      null,
      1,
      true,
      { command: null },
      { command: [] },
      { command: "end" },
      "{}",
      "null",
      '"end"',
    ]) {
      const parsed = parseHostMessage(given);
      expect(messageOf(parsed)).to.equal("message has no command");
      expect("echo" in parsed).to.equal(false);
    }
    for (const text of ["", marker, "{", '{"command":', "undefined"]) {
      expect(messageOf(parseHostMessage(text))).to.equal("message is not JSON");
    }
    for (const given of [
      undefined,
      () => 1,
      Symbol("x"),
      1n,
      { command: () => 1 },
      { command: { type: Symbol("x") } },
    ]) {
      expect(messageOf(parseHostMessage(given))).to.equal("message is not plain data");
    }
  });

  it("ignores inherited fields", () => {
    const { end } = wireSamples;
    for (const given of [
      Object.create({ command: end }),
      { command: Object.create(end) as unknown },
    ] as unknown[]) {
      expect(parseHostMessage(given).ok).to.equal(false);
    }
    const text =
      '{"__proto__":{"command":{"type":"end"}},"constructor":{"prototype":{"polluted":1}}}';
    expect(messageOf(parseHostMessage(text))).to.equal("message has no command");
    expect(parseHostMessage(JSON.parse(text)).ok).to.equal(false);
    expect(({} as Record<string, unknown>).polluted).to.equal(undefined);
  });

  it("has room for more than the apps say", () => {
    const urls = Array.from({ length: 16 }, () => "turn:192.0.2.7:443");
    const command = {
      type: "start",
      media: "audio",
      iceServers: Array.from({ length: 32 }, () => ({ urls })),
    };
    expect(taken(command)).to.have.property("iceServers").that.deep.equals(command.iceServers);
    const pad = Array.from({ length: simplexLimits.values - 10 }, () => 1);
    for (const future of [pad, [[[[[[1]]]]]]])
      expect(taken({ type: "end", future })).to.deep.equal({ type: "end" });
  });

  it("is refused over its limits", () => {
    const tooLarge = [
      "x".repeat(100_000_000),
      JSON.stringify({ command: { type: "end", pad: "x".repeat(simplexLimits.messageSize) } }),
      { command: { type: "end", pad: "x".repeat(100_000_000) } },
      { command: { type: "end", pad: Array.from({ length: simplexLimits.values }, () => 1) } },
      { command: { type: "end", pad: new Array<unknown>(1e9) } },
    ];
    for (const given of tooLarge)
      expect(messageOf(parseHostMessage(given))).to.equal("message is too large");
    for (const open of ["[", '{"a":', '{"command":{"type":"end","a":']) {
      expect(parseHostMessage(open.repeat(40_000).slice(0, simplexLimits.messageSize)).ok).to.equal(
        false,
      );
    }
    const deep = "[".repeat(200_000) + "]".repeat(200_000);
    expect(messageOf(parseHostMessage(deep))).to.match(/^message is not (?:plain data|JSON)$/);
    expect(messageOf(parseHostMessage({ command: { type: "end", a: [[[[[[[[]]]]]]]] } }))).to.equal(
      "message is not plain data",
    );
  });

  it("is refused where it is made to hurt", () => {
    for (const [name, make] of Object.entries(hostile)) {
      const parsed = parseHostMessage(make());
      expect(parsed.ok, name).to.equal(false);
      expect(messageOf(parsed), name).to.match(/^message /);
    }
  });
});

describe("the number of a message", () => {
  it("comes back as it came", () => {
    for (const corrId of ["", "7", "x".repeat(128), 0, -1.5, 2 ** 53]) {
      expect(parseHostMessage({ corrId, command: wireSamples.end })).to.have.property(
        "corrId",
        corrId,
      );
      expect(parseHostMessage({ corrId })).to.have.property("corrId", corrId);
    }
  });

  it("is left out where it is anything else", () => {
    for (const corrId of [
      "x".repeat(129),
      Number.NaN,
      Number.POSITIVE_INFINITY,
      null,
      true,
      [],
      {},
      undefined,
    ]) {
      const parsed = parseHostMessage({ corrId, command: wireSamples.end });
      expect(parsed.ok).to.equal(true);
      expect("corrId" in parsed).to.equal(false);
    }
  });
});

describe("a reply", () => {
  it("is JSON with the number and the command that it answers", () => {
    const given = { corrId: 7, command: { ...wireSamples.ice, future: [null] } };
    const { corrId, echo } = parseHostMessage(given);
    const text = encodeReply({
      ...(corrId !== undefined && { corrId }),
      resp: { type: "ok" },
      command: echo,
    });
    expect(text).to.equal(
      JSON.stringify({ corrId: 7, resp: { type: "ok" }, command: given.command }),
    );
  });

  it("is without both where nothing is answered", () => {
    expect(encodeReply({ resp: { type: "peerMedia", source: "mic", enabled: false } })).to.equal(
      '{"resp":{"type":"peerMedia","source":"mic","enabled":false}}',
    );
  });

  it("says of hostile names no more than they are", () => {
    const command =
      '{"type":"end","__proto__":{"toJSON":1},"toJSON":{"a":1},"constructor":{"prototype":{"polluted":1}}}';
    const { echo } = parseHostMessage(`{"command":${command}}`);
    expect(encodeReply({ resp: { type: "ok" }, command: echo })).to.equal(
      `{"resp":{"type":"ok"},"command":${command}}`,
    );
    expect(({} as Record<string, unknown>).polluted).to.equal(undefined);
  });

  it("never calls into what it is given, and leaves out what is not plain", () => {
    const ok = '{"resp":{"type":"ok"}}';
    for (const make of Object.values(hostile))
      expect(encodeReply({ resp: { type: "ok" }, command: make() })).to.equal(ok);
    expect(encodeReply({ resp: { type: "ok" }, command: { toJSON: () => marker } })).to.equal(ok);
  });
});
