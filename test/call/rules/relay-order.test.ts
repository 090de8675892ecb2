import { expect } from "@open-wc/testing";
import { mostUsed, orderServers, relaysOf } from "../../../src/call/rules/relay-order.ts";
import type { ServerEntry } from "../../../src/call/rules/relay-order.ts";

const access = { username: "1700000000:ann", credential: "secret" };
const far: ServerEntry = { urls: ["turn:far.example:3478"], ...access };
const near: ServerEntry = {
  urls: ["turn:near.example:3478", "turns:near.example:443?transport=tcp"],
  ...access,
};
const other: ServerEntry = { urls: "turn:other.example", ...access };
const last: ServerEntry = { urls: "turn:[2001:db8::1]:3478", ...access };
const stun: ServerEntry = { urls: "stun:stun.example" };
const all = [far, stun, near, other, last];

const keyOf = (server: ServerEntry) => relaysOf([server])[0]!.key;
const times = (...given: [server: ServerEntry, time: number | null][]) =>
  new Map(given.map(([server, time]) => [keyOf(server), time]));
const firstUrls = (servers: readonly ServerEntry[]) => servers.map(({ urls }) => [urls].flat()[0]);
const namesOf = (given: ReadonlyMap<string, number | null>, most?: number) =>
  firstUrls(orderServers(all, given, most)).map((url) => /^\w+:(\[.*\]|\w+)/.exec(url!)![1]);

describe("the order of relays", () => {
  it("puts the fastest first, and keeps as many as a call begins with", () => {
    expect(mostUsed).to.equal(2);
    expect(namesOf(times([far, 300], [near, 20], [other, 90], [last, 150]))).to.deep.equal([
      ...["near", "other", "stun"],
    ]);
  });

  it("takes what was not measured before what gave no answer, both in the host's order", () => {
    expect(namesOf(times([far, null], [near, 20]), 4)).to.deep.equal([
      ...["near", "other", "[2001:db8::1]", "far", "stun"],
    ]);
  });

  it("drops none while none has answered", () => {
    const names = ["far", "near", "other", "[2001:db8::1]", "stun"];
    expect(namesOf(times())).to.deep.equal(names);
    expect(namesOf(times([far, null], [near, null], [other, null], [last, null]))).to.deep.equal(
      names,
    );
  });

  it("keeps one that gave no answer as the second where only one has answered", () => {
    const given = times([near, 20], [far, null], [other, null], [last, null]);
    expect(namesOf(given)).to.deep.equal(["near", "far", "stun"]);
  });

  it("keeps the host's order between equals", () => {
    expect(namesOf(times([far, 20], [near, 20]))).to.deep.equal(["far", "near", "stun"]);
  });

  it("keeps all transports of a relay, with its access", () => {
    expect(orderServers([far, near], times([far, 50], [near, 20]))).to.deep.equal([near, far]);
  });

  it("tells relays of one entry apart by their names, and of one name by their users", () => {
    const both = { urls: ["turn:a.example", "stun:a.example", "turn:b.example:443"], ...access };
    const bob = { urls: "turn:a.example", username: "bob", credential: "other" };
    expect(relaysOf([both, bob]).map(({ server }) => server)).to.deep.equal([
      { urls: ["turn:a.example"], ...access },
      { urls: ["turn:b.example:443"], ...access },
      { ...bob, urls: ["turn:a.example"] },
    ]);
  });

  it("keeps no password in what it remembers a relay by", () => {
    for (const { key } of relaysOf(all)) expect(key).not.to.contain("secret");
  });
});
