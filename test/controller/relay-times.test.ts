import { expect } from "@open-wc/testing";
import { mostMeasured } from "../../src/call/rules/relay-order.ts";
import { MeasuredRelays } from "../../src/controller/relay-times.ts";
import { settled } from "../support/virtual-clock.ts";

const access = { username: "ann", credential: "secret" };
const relay = (name: string): RTCIceServer => ({ urls: [`turn:${name}.example`], ...access });
const [far, near] = [relay("far"), relay("near")];

/** Relays that answer when the test says so. */
class Network {
  time = 0;
  readonly asked: string[] = [];
  readonly answers = new Map<string, (time: number | null) => void>();
  changed: () => void = () => undefined;
  readonly relays = new MeasuredRelays({
    now: () => this.time,
    probe: ({ urls }, { signal }) => {
      const [url = ""] = [urls].flat();
      this.asked.push(url);
      return new Promise((resolve, reject) => {
        this.answers.set(url, resolve);
        signal.addEventListener("abort", () => reject(new Error("It was stopped.")));
      });
    },
    watchNetwork: (changed) => {
      this.changed = changed;
      return () => undefined;
    },
  });

  choose(isMeasuring = true, servers = [far, near], signal = new AbortController().signal) {
    return this.relays.choose(servers, isMeasuring, signal);
  }

  async answer(...times: [server: RTCIceServer, time: number | null][]): Promise<void> {
    for (const [{ urls }, time] of times) this.answers.get([urls].flat()[0]!)?.(time);
    await settled();
  }
}

describe("measured relays", () => {
  let network: Network;

  beforeEach(() => {
    network = new Network();
  });

  it("are ordered once they have answered, and a call does not wait for the last one to use what is known", async () => {
    const choice = network.choose();
    expect(choice.servers()).to.deep.equal([far, near]);
    await network.answer([near, 20]);
    expect(choice.servers()).to.deep.equal([near, far]);
    await network.answer([far, 10]);
    await choice.measured;
    expect(choice.servers()).to.deep.equal([far, near]);
  });

  it("are asked by nobody who may not measure: a later call uses what an earlier one measured", async () => {
    await network.choose(false).measured;
    expect(network.asked).to.deep.equal([]);
    const { measured } = network.choose();
    await network.answer([far, 300], [near, 20]);
    await measured;
    expect(network.choose(false).servers()).to.deep.equal([near, far]);
  });

  it("are asked once, by two calls at the same time as well, and again after five minutes", async () => {
    const both = [network.choose().measured, network.choose().measured];
    await network.answer([far, 300], [near, 20]);
    await Promise.all(both);
    await network.choose().measured;
    expect(network.asked.length).to.equal(2);
    network.time += 300_001;
    expect(network.choose(false).servers()).to.deep.equal([far, near]);
    void network.choose().measured;
    expect(network.asked.length).to.equal(4);
  });

  it("are asked anew after a change of network", async () => {
    const { measured } = network.choose();
    await network.answer([far, 300], [near, 20]);
    await measured;
    network.changed();
    expect(network.choose().servers()).to.deep.equal([far, near]);
    expect(network.asked.length).to.equal(4);
  });

  it("are not judged by a measurement that ended with its call", async () => {
    const call = new AbortController();
    const { measured } = network.choose(true, [far, near], call.signal);
    await network.answer([near, 20]);
    call.abort();
    await measured;
    expect(network.choose(false).servers()).to.deep.equal([near, far]);
    void network.choose().measured;
    expect(network.asked).to.deep.equal([
      ...["turn:far.example", "turn:near.example", "turn:far.example"],
    ]);
  });

  it("are asked eight at most, and one alone is not asked", async () => {
    await network.choose(true, [far]).measured;
    expect(network.asked).to.deep.equal([]);
    const many = Array.from({ length: mostMeasured + 3 }, (_, index) => relay(`r${index}`));
    void network.choose(true, many).measured;
    expect(network.asked.length).to.equal(mostMeasured);
  });
});
