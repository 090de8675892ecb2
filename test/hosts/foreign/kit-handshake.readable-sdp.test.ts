import { expect } from "@open-wc/testing";
import { isReadableSdp, sdpLimits } from "../../../src/hosts/foreign/kit-handshake.ts";

const head = "v=0\r\no=- 1 2 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\n";
const section = "m=audio 9 UDP/TLS/RTP/SAVPF 111\r\n";

describe("a session description of a foreign page", () => {
  it("is printable ASCII in lines, whichever way they end", () => {
    expect(isReadableSdp(head + section)).to.equal(true);
    expect(isReadableSdp((head + section).replaceAll("\r\n", "\n"))).to.equal(true);
    for (const bad of [
      "",
      "v=1\r\n",
      ` ${head}`,
      `${head}a=é\r\n`,
      `${head}a=\0\r\n`,
      `${head}\rx`,
    ])
      expect(isReadableSdp(bad), JSON.stringify(bad)).to.equal(false);
  });

  it("has no more sections and characters than are worth reading", () => {
    expect(isReadableSdp(head + section.repeat(sdpLimits.sections))).to.equal(true);
    expect(isReadableSdp(head + section.repeat(sdpLimits.sections + 1))).to.equal(false);
    const fill = (size: number) => head + "a".repeat(size - head.length);
    expect(isReadableSdp(fill(sdpLimits.size))).to.equal(true);
    expect(isReadableSdp(fill(sdpLimits.size + 1))).to.equal(false);
  });
});
