import { expect } from "@open-wc/testing";
import { CallError } from "../../../src/errors.ts";
import { connectWithFallback } from "../../../src/hosts/foreign/foreign-call.ts";
import { FakePorts } from "../../support/fake-ports.ts";

/** An engine that refuses every list with an address of this kind in it. */
function engine(refused: RegExp) {
  const tried: string[][] = [];
  const ports = new FakePorts();
  return {
    tried,
    connect(servers: RTCIceServer[]) {
      const urls = servers.flatMap((server) => server.urls);
      tried.push(urls);
      if (urls.some((url) => refused.test(url))) throw new CallError("bad-argument", "refused");
      return ports.createConnection(
        { iceServers: servers, relayOnly: false, control: { label: "", id: 0 } },
        null,
        {
          candidatesFound: () => undefined,
          pathChanged: () => undefined,
          controlOpened: () => undefined,
          controlReceived: () => undefined,
        },
      );
    },
  };
}
const servers = [
  { urls: ["stun:a", "STUNS:b"] },
  { urls: "stuns:c" },
  { urls: "turn:d", username: "e", credential: "f" },
];

describe("a list of servers that an engine refuses", () => {
  it("is tried once where it is taken", () => {
    const { tried, connect } = engine(/^none:/);
    connectWithFallback(servers, connect);
    expect(tried).to.deep.equal([["stun:a", "STUNS:b", "stuns:c", "turn:d"]]);
  });

  it("is tried again without its stuns: addresses", () => {
    const { tried, connect } = engine(/^stuns:/i);
    connectWithFallback(servers, connect);
    expect(tried[1]).to.deep.equal(["stun:a", "turn:d"]);
  });

  it("is refused for any other fault", () => {
    const { tried, connect } = engine(/^turn:/);
    expect(() => connectWithFallback([{ urls: "turn:a" }], connect)).to.throw(CallError);
    expect(tried.length).to.equal(1);
  });
});
