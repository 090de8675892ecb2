import { expect } from "@open-wc/testing";
import { SpareParts } from "../../../src/hosts/simplex/simplex-call.ts";
import { FakePorts } from "../../support/fake-ports.ts";
import { settled } from "../../support/virtual-clock.ts";

describe("the parts that are made before a call", () => {
  let ports: FakePorts;
  let spares: SpareParts;
  const heard: string[] = [];
  const listener = (name: string) => ({
    opened: () => void heard.push(`${name} opened`),
    lost: () => void heard.push(`${name} lost`),
  });

  beforeEach(() => {
    heard.length = 0;
    ports = new FakePorts();
    spares = new SpareParts(ports, {});
  });

  it("are used for one call each, and refilled only when due", async () => {
    spares.refill();
    spares.refill();
    await settled();
    expect([ports.ciphers.length, ports.initiators.length]).to.deep.equal([1, 2]);
    const [first, second] = [
      await spares.takeInitiator("video"),
      await spares.takeInitiator("video"),
    ];
    expect(first.initiator === second.initiator).to.equal(false);
    expect(first.callId).not.to.equal(second.callId);
    expect(spares.takeCipher(listener("a")) === ports.ciphers[0]).to.equal(true);
    expect(spares.takeCipher(listener("b")) === ports.ciphers[1]).to.equal(true);
    spares.refill();
    await settled();
    expect([ports.ciphers.length, ports.initiators.length]).to.deep.equal([3, 4]);
  });

  it("tell the call that uses them what happens to them", () => {
    spares.refill();
    spares.takeCipher(listener("call"));
    ports.cipher.listener.opened(0);
    ports.cipher.listener.lost();
    expect(heard).to.deep.equal(["call opened", "call lost"]);
  });

  it("are dropped if they are lost, or do not start, before their use", async () => {
    spares.refill();
    ports.cipher.listener.lost();
    ports.set.cipherReady = Promise.reject(new Error("not started"));
    spares.refill();
    await settled();
    expect(ports.ciphers.map(({ isClosed }) => isClosed)).to.deep.equal([true, true]);
    spares.takeCipher(listener("call"));
    expect(ports.ciphers.length).to.equal(3);
  });

  it("are released at the end, and not made again", () => {
    spares.refill();
    spares.close();
    spares.refill();
    expect(ports.ciphers.map(({ isClosed }) => isClosed)).to.deep.equal([true]);
  });
});
