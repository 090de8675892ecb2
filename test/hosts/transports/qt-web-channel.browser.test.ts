import { expect } from "@open-wc/testing";
import { qtWebChannel } from "../../../src/hosts/transports/qt-web-channel.ts";
import type { QtObject } from "../../../src/hosts/transports/qt-web-channel.ts";
import { checksOfTransport } from "../../support/hosts/check-transport.ts";
import { qtPlatform } from "../../support/hosts/platforms.ts";
import { codeThrownBy } from "../../support/thrown.ts";

describe("a QWebChannel", () => {
  checksOfTransport(qtPlatform, () => qtWebChannel());

  it("throws where the app has put no channel into the page, so that what was said is kept", () => {
    expect(codeThrownBy(() => qtWebChannel().post("text"))).to.equal("not-possible");
  });

  it("passes over what is no message of it", () => {
    const platform = qtPlatform();
    const { webChannelTransport: transport } = Reflect.get(globalThis, "qt") as {
      webChannelTransport: { onmessage(event: { data: unknown }): void };
    };
    const channel = qtWebChannel();
    const heard: unknown[] = [];
    channel.onText((text) => heard.push(text));
    expect(codeThrownBy(() => channel.post("text"))).to.equal("not-possible");
    const strange = [null, "", "{", "[]", '{"type":10}', '{"type":10,"data":{"sx":{"methods":7}}}'];
    for (const data of [...strange, '{"type":1,"object":"other","signal":5,"args":["x"]}'])
      transport.onmessage({ data });
    expect(heard).to.deep.equal([]);
    platform.remove();
  });

  it("uses an object of the page's own channel, where the page has one", () => {
    const listeners = new Set<(text: unknown) => void>();
    const posted: string[] = [];
    const object: QtObject = {
      postMessage: (text) => posted.push(text),
      message: {
        connect: (listener) => void listeners.add(listener),
        disconnect: (listener) => void listeners.delete(listener),
      },
    };
    const channel = qtWebChannel(object);
    const heard: unknown[] = [];
    const leave = channel.onText((text) => heard.push(text));
    channel.post("to the app");
    for (const listener of listeners) listener("from the app");
    leave();
    expect([posted, heard, listeners.size]).to.deep.equal([["to the app"], ["from the app"], 0]);
  });
});
