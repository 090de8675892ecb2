import { expect } from "@open-wc/testing";
import type { Transport } from "../../../src/hosts/bridge/envelope.ts";
import { CallPage } from "../../../src/hosts/bridge/call-page.ts";
import type { PageFact } from "../../../src/hosts/bridge/call-page.ts";
import { connectHost } from "../../../src/hosts/bridge/connect-host.ts";
import { HostedCall } from "./hosted-call.ts";
import type { FakePlatform } from "./platforms.ts";
import { waitUntil } from "../wait-until.ts";

/** Everything that a literal, a quotation or a channel could spoil. */
export const awkward = `"'\`\\ \n\r\t\0 \u2028\u2029 </script> \${x} %22 \u{1f98a} \ud83d é \u202e \ufeff`;

/** Requirements on every transport. */
export function checksOfTransport(install: () => FakePlatform, make: () => Transport): void {
  let platform: FakePlatform;
  beforeEach(() => {
    platform = install();
  });
  afterEach(() => platform.remove());

  async function talk(): Promise<{
    hosted: HostedCall;
    host: CallPage;
    facts: PageFact[];
    close: () => void;
  }> {
    const hosted = await HostedCall.mount();
    const facts: PageFact[] = [];
    const host = new CallPage(platform.app, (fact) => facts.push(fact));
    const connection = connectHost(hosted.view, { transport: make() });
    await waitUntil(() => connection.isReady && facts.length > 0, "the two have not met");
    return {
      ...{ hosted, host, facts },
      close() {
        host.close();
        connection.close();
      },
    };
  }

  it("joins a page and its app", async () => {
    const { host, facts, close } = await talk();
    expect(facts[0]!.type).to.equal("ready");
    expect(await host.request("back-button", {})).to.deep.equal({ handled: false });
    close();
  });

  it("carries every character both ways, and keeps the order", async () => {
    const { hosted, host, facts, close } = await talk();
    const messages = Array.from({ length: 30 }, (_, index) => ({ index, awkward }));
    await Promise.all(messages.map((message) => host.request("receive-signal", { message })));
    expect(hosted.calls.received).to.deep.equal(messages);
    // Messages of the kit contain no such characters: the view's own event carries them.
    for (let index = 0; index < 30; index++) {
      hosted.view.dispatchEvent(
        new CustomEvent("sx-choose-route", {
          detail: { id: `${String(index)} ${awkward}` },
          bubbles: true,
        }),
      );
    }
    const heard = () =>
      facts.flatMap((fact) => (fact.type === "choose-route" ? [fact.data.id] : []));
    await waitUntil(() => heard().length === 30);
    expect(heard()).to.deep.equal(
      Array.from({ length: 30 }, (_, index) => `${String(index)} ${awkward}`),
    );
    close();
  });

  it("hears nothing more once it is left", async () => {
    const { hosted, host, close } = await talk();
    await host.request("receive-signal", { message: 1 });
    close();
    platform.app.post('{"v":1,"type":"receive-signal","data":{"message":2}}');
    // Longer than each of the turns that a text takes.
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(hosted.calls.received).to.deep.equal([1]);
  });
}
