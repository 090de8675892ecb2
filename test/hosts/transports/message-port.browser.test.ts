import { expect, fixture, html } from "@open-wc/testing";
import type { Transport } from "../../../src/hosts/bridge/envelope.ts";
import { framePort } from "../../../src/hosts/transports/frame-port.ts";
import { messagePort } from "../../../src/hosts/transports/message-port.ts";
import { awkward } from "../../support/hosts/check-transport.ts";
import { codeThrownBy } from "../../support/thrown.ts";
import { waitUntil } from "../../support/wait-until.ts";

const { origin } = location;
const elsewhere = "https://elsewhere.example";

/** A window of the same origin, empty. Two frames of other origins meet in test/interop. */
async function frame(): Promise<{ element: HTMLIFrameElement; inner: Window }> {
  const element = await fixture<HTMLIFrameElement>(html`<iframe title="An empty page"></iframe>`);
  return { element, inner: element.contentWindow! };
}

/** Records the messages of a window. */
function heardBy(target: Window): MessageEvent<unknown>[] {
  const events: MessageEvent<unknown>[] = [];
  target.addEventListener("message", (event) => events.push(event));
  return events;
}

function textsOf(transport: Transport): unknown[] {
  const texts: unknown[] = [];
  transport.onText((text) => texts.push(text));
  return texts;
}

/** As if a window had sent it to this one. */
function send(source: Window, data: unknown, ports: MessagePort[] = [], sender = origin): void {
  dispatchEvent(new MessageEvent("message", { data, origin: sender, source, ports }));
}

describe("the end in a frame", () => {
  it("asks the outer page, by its exact origin, and takes the port that comes", async () => {
    const { inner: outer } = await frame();
    const asked = heardBy(outer);
    const transport = messagePort(origin, outer);
    expect(codeThrownBy(() => transport.post("early"))).to.equal("not-possible");
    await waitUntil(() => asked.length === 1);
    const { port1, port2 } = new MessageChannel();
    const texts = textsOf(transport);
    send(outer, asked[0]!.data, [port2]);
    port1.postMessage(awkward);
    await waitUntil(() => texts.length === 1);
    expect(texts).to.deep.equal([awkward]);
    const back: unknown[] = [];
    port1.onmessage = ({ data }) => back.push(data);
    transport.post("late");
    await waitUntil(() => back.length === 1);
    expect(back).to.deep.equal(["late"]);
    transport.close();
  });

  it("is not heard by an outer page of another origin", async () => {
    const { inner: outer } = await frame();
    const asked = heardBy(outer);
    const transport = messagePort(elsewhere, outer);
    expect(codeThrownBy(() => transport.post("early"))).to.equal("not-possible");
    outer.postMessage("the last", origin);
    await waitUntil(() => asked.length > 0);
    expect(asked.map(({ data }) => data)).to.deep.equal(["the last"]);
    transport.close();
  });

  it("takes no port of another window, another origin or another question, and no second one", async () => {
    const { inner: outer } = await frame();
    const asked = heardBy(outer);
    const transport = messagePort(origin, outer);
    expect(codeThrownBy(() => transport.post("early"))).to.equal("not-possible");
    await waitUntil(() => asked.length === 1);
    const question = asked[0]!.data;
    send(window, question, [new MessageChannel().port2]);
    send(outer, question, [new MessageChannel().port2], elsewhere);
    send(outer, "sx-call-kit/1 port 0", [new MessageChannel().port2]);
    send(outer, question);
    expect(codeThrownBy(() => transport.post("early"))).to.equal("not-possible");
    const { port1, port2 } = new MessageChannel();
    send(outer, question, [port2]);
    send(outer, question, [new MessageChannel().port2]);
    const back: unknown[] = [];
    port1.onmessage = ({ data }) => back.push(data);
    transport.post("now");
    await waitUntil(() => back.length === 1);
    transport.close();
  });
});

describe("the end around a frame", () => {
  const question = `sx-call-kit/1 port ${"a".repeat(32)}`;

  it("gives a port to its own frame, of the origin that was said, once for each load", async () => {
    const { element, inner } = await frame();
    const given = heardBy(inner);
    const transport = framePort(element, origin);
    const texts = textsOf(transport);
    expect(codeThrownBy(() => transport.post("early"))).to.equal("not-possible");
    send(inner, question);
    send(inner, question);
    await waitUntil(() => given.length > 0);
    given[0]!.ports[0]!.postMessage(awkward);
    await waitUntil(() => texts.length === 1);
    expect(texts).to.deep.equal([awkward]);
    expect(given).to.have.length(1);
    send(inner, `sx-call-kit/1 port ${"b".repeat(32)}`);
    await waitUntil(() => given.length === 2);
    const back: unknown[] = [];
    given[1]!.ports[0]!.onmessage = ({ data }) => back.push(data);
    transport.post("to the new one");
    await waitUntil(() => back.length === 1);
    transport.close();
    send(inner, `sx-call-kit/1 port ${"c".repeat(32)}`);
    inner.postMessage("the last", origin);
    await waitUntil(() => given.length === 3);
    expect(given[2]!.data).to.equal("the last");
  });

  it("gives none to another window, another origin or for another question", async () => {
    const { element, inner } = await frame();
    const given = heardBy(inner);
    const transport = framePort(element, origin);
    send(window, question);
    send(inner, question, [], elsewhere);
    for (const data of [question.slice(1), `${question}a`, { question }, null]) send(inner, data);
    inner.postMessage("the last", origin);
    await waitUntil(() => given.length > 0);
    expect(given.map(({ data }) => data)).to.deep.equal(["the last"]);
    expect(codeThrownBy(() => transport.post("early"))).to.equal("not-possible");
    transport.close();
  });
});
