import { expect } from "@open-wc/testing";
import {
  SxCallControls,
  SxCallHistoryItem,
  SxCallView,
  SxConnectionCheck,
  SxDeviceMenu,
  SxIncomingCall,
  SxSecurityCode,
} from "sx-call-kit";

class HostsOwn extends HTMLElement {}

describe("sx-call-kit/define", () => {
  it("is the only module that registers, and leaves a taken tag as it is", async () => {
    const tags = [
      SxCallView,
      SxIncomingCall,
      SxCallControls,
      SxCallHistoryItem,
      SxSecurityCode,
      SxConnectionCheck,
      SxDeviceMenu,
    ].map(({ tagName }) => tagName);
    expect(tags).to.deep.equal([
      "sx-call-view",
      "sx-incoming-call",
      "sx-call-controls",
      "sx-call-history-item",
      "sx-security-code",
      "sx-connection-check",
      "sx-device-menu",
    ]);
    expect(tags.filter((tag) => customElements.get(tag))).to.deep.equal([]);

    customElements.define("sx-call-history-item", HostsOwn);
    await import("sx-call-kit/define");

    expect(customElements.get("sx-call-view")).to.equal(SxCallView);
    expect(customElements.get("sx-incoming-call")).to.equal(SxIncomingCall);
    expect(customElements.get("sx-call-controls")).to.equal(SxCallControls);
    expect(customElements.get("sx-security-code")).to.equal(SxSecurityCode);
    expect(customElements.get("sx-connection-check")).to.equal(SxConnectionCheck);
    expect(customElements.get("sx-device-menu")).to.equal(SxDeviceMenu);
    expect(customElements.get("sx-call-history-item")).to.equal(HostsOwn);
  });
});
