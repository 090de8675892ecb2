import "sx-call-kit/define";
import { expect } from "@open-wc/testing";
import { html } from "lit";
import {
  CallError,
  english,
  registerWords,
  type ConnectionChecker,
  type ConnectionReport,
  type ServerReport,
  type SxConnectionCheck,
} from "sx-call-kit";
import { ElementHarness } from "../../support/element-harness.ts";
import { codeRejectedBy } from "../../support/thrown.ts";
import { settled } from "../../support/virtual-clock.ts";

const server = (changes: Partial<ServerReport> = {}): ServerReport => ({
  ...{ url: "turn:relay.example.org:3478", transport: "udp", verdict: "ok", milliseconds: 46 },
  ...changes,
});
const aReport = (changes: Partial<ConnectionReport> = {}): ConnectionReport => ({
  ...{
    servers: [server()],
    udp: "open",
    loop: { verdict: "ok", roundTripMilliseconds: 64 },
    overall: "good",
  },
  ...changes,
});

/** A check that is over when the test says so. */
class HeldCheck {
  readonly asked: Parameters<ConnectionChecker>[] = [];
  finish: (report: ConnectionReport) => void = () => {};
  fail: (error: unknown) => void = () => {};

  readonly checker: ConnectionChecker = (...given) => {
    this.asked.push(given);
    return new Promise((resolve, reject) => {
      this.finish = resolve;
      this.fail = reject;
      given[1]?.signal?.addEventListener("abort", () =>
        reject(new DOMException("Stopped.", "AbortError")),
      );
    });
  };
}

describe("<sx-connection-check>", () => {
  let held: HeldCheck;
  const servers: RTCIceServer[] = [
    { urls: "turn:relay.example.org", username: "ann", credential: "secret" },
  ];
  const mount = (report: ConnectionReport | null = null) =>
    ElementHarness.mount<SxConnectionCheck>(
      html`<sx-connection-check
        .iceServers=${servers}
        .report=${report}
        .checker=${held.checker}
      ></sx-connection-check>`,
      "sx-connection-check",
    );
  const status = (harness: ElementHarness<SxConnectionCheck>) =>
    harness.part("status").innerText.replace(/\s+/g, " ").trim();
  const over = async (harness: ElementHarness<SxConnectionCheck>) => {
    await settled();
    await harness.settled();
  };

  beforeEach(() => {
    held = new HeldCheck();
  });

  it("contacts no server before a person starts it", async () => {
    const harness = await mount();
    expect(held.asked.length).to.equal(0);
    expect(status(harness)).to.equal(english.checkIdle);
    expect(harness.names).to.deep.equal([english.check]);
    await expect(harness.element).to.be.accessible();
  });

  it("checks its servers by keyboard, shows the report and fires one event", async () => {
    const harness = await mount();
    const reported = harness.heard("sx-connection-checked");
    await harness.press("Tab", "Enter");
    expect(held.asked.map(([list]) => list)).to.deep.equal([servers]);
    expect(status(harness)).to.equal(english.checkRunning);
    await expect(harness.element).to.be.accessible();
    held.finish(aReport());
    await over(harness);
    expect(status(harness)).to.equal(
      `${english["check.overall.good"]} ${english["check.advice.good"]}`,
    );
    expect(reported.map(({ detail }) => detail)).to.deep.equal([{ report: aReport() }]);
    expect(harness.element.report).to.deep.equal(aReport());
    expect([harness.focused, harness.names]).to.deep.equal([
      english.checkAgain,
      [english.checkAgain],
    ]);
  });

  it("announces the report once, in an existing live region", async () => {
    const harness = await mount();
    const region = harness.part("status");
    expect(region.role).to.equal("status");
    const said: string[] = [];
    const observer = new MutationObserver(() => said.push(status(harness)));
    observer.observe(region, { subtree: true, childList: true, characterData: true });
    await harness.clickWithMouse("start");
    held.finish(aReport());
    await over(harness);
    harness.element.requestUpdate();
    await harness.settled();
    observer.disconnect();
    expect(said).to.deep.equal([
      english.checkRunning,
      `${english["check.overall.good"]} ${english["check.advice.good"]}`,
    ]);
    expect(harness.part("status") === region).to.be.true;
    // The list is not a live region.
    expect(region.querySelector("li") === null).to.be.true;
  });

  it("does one check at a time", async () => {
    const harness = await mount();
    const [first, second] = [harness.element.check(), harness.element.check()];
    expect(first === second).to.be.true;
    await harness.settled();
    expect(harness.part("start").ariaDisabled).to.equal("true");
    harness.part("start").click();
    expect(held.asked.length).to.equal(1);
    held.finish(aReport());
    expect(await first).to.deep.equal(aReport());
    await harness.settled();
    expect(harness.part("start").ariaDisabled).to.equal("false");
    harness.part("start").click();
    expect(held.asked.length).to.equal(2);
    held.finish(aReport());
    await over(harness);
  });

  it("stops on request without an error, and keeps the focus and the earlier report", async () => {
    const harness = await mount(aReport({ overall: "relay-only-tcp" }));
    const faults = harness.heard("sx-error");
    await harness.press("Tab", "Enter", "Tab");
    expect(harness.focused).to.equal(english.checkStop);
    await harness.press("Enter");
    await over(harness);
    expect(held.asked[0]?.[1]?.signal?.aborted).to.equal(true);
    expect(harness.focused).to.equal(english.checkAgain);
    expect(status(harness)).to.contain(english["check.overall.relay-only-tcp"]);
    expect(faults).to.deep.equal([]);
  });

  it("stops when it is taken out of the page", async () => {
    const harness = await mount();
    const checking = harness.element.check().catch((error: unknown) => (error as Error).name);
    harness.element.remove();
    expect(held.asked[0]?.[1]?.signal?.aborted).to.equal(true);
    expect(await checking).to.equal("AbortError");
  });

  const failures: [what: string, thrown: unknown, code: string][] = [
    [
      "a fault of the kit's own kind",
      new CallError("bad-argument", "The list is none."),
      "bad-argument",
    ],
    ["any other fault, of which it repeats nothing", new TypeError("secret"), "internal"],
  ];
  for (const [what, thrown, code] of failures) {
    it(`says that it could not check, and can again: ${what}`, async () => {
      const harness = await mount();
      const faults = harness.heard("sx-error");
      await harness.clickWithMouse("start");
      held.fail(thrown);
      await over(harness);
      expect(status(harness)).to.equal(`${english.checkFailed} ${english.checkFailedAdvice}`);
      expect(faults.map(({ detail }) => detail.code)).to.deep.equal([code]);
      expect(faults[0]?.detail.message).not.to.contain("secret");
      await harness.clickWithMouse("start");
      held.finish(aReport());
      await over(harness);
      expect(status(harness)).to.contain(english["check.overall.good"]);
    });
  }

  it("rejects where a host's own check throws at once, and can check again", async () => {
    const harness = await mount();
    harness.element.checker = () => {
      throw new CallError("not-possible", "Not now.");
    };
    expect(await codeRejectedBy(harness.element.check())).to.equal("not-possible");
    harness.element.checker = held.checker;
    const again = harness.element.check();
    expect(held.asked.length).to.equal(1);
    held.finish(aReport());
    await again;
  });

  it("says that calls do not work in a WebView without WebRTC, and has nothing to press", async () => {
    const original = window.RTCPeerConnection;
    // There is no other way to be in such a WebView.
    Object.assign(window, { RTCPeerConnection: undefined });
    try {
      const harness = await ElementHarness.mount<SxConnectionCheck>(
        html`<sx-connection-check .iceServers=${servers}></sx-connection-check>`,
        "sx-connection-check",
      );
      expect(status(harness)).to.equal(
        `${english["error.webrtc-unsupported"]} ${english["advice.webrtc-unsupported"]}`,
      );
      expect(harness.buttons.length).to.equal(0);
      expect(await codeRejectedBy(harness.element.check())).to.equal("webrtc-unsupported");
      await expect(harness.element).to.be.accessible();
    } finally {
      window.RTCPeerConnection = original;
    }
  });

  it("has a line for each server, with its address, how it was asked, what became of it and what to do", async () => {
    const verdicts = [
      "ok",
      "unreachable",
      "name-not-found",
      "wrong-password",
      "no-relay",
      "timed-out",
    ] as const;
    const harness = await mount(
      aReport({ servers: verdicts.map((verdict) => server({ verdict, transport: "tls" })) }),
    );
    const lines = [...harness.root.querySelectorAll<HTMLElement>("ul > li")];
    expect(lines.map((line) => line.innerText.replace(/\s+/g, " ").trim())).to.deep.equal(
      verdicts.map((verdict) =>
        `turn:relay.example.org:3478 TLS ${english[`check.server.${verdict}`]} ${verdict === "ok" ? "46 ms" : ""}`.trim(),
      ),
    );
    // Not by colour alone.
    const icons = lines.map((line) => line.querySelector("svg")!.innerHTML);
    expect(new Set(icons).size).to.equal(2);
    expect(harness.root.querySelector("bdi")!.dir).to.equal("ltr");
    await expect(harness.element).to.be.accessible();
  });

  it("names a server without a usable address without repeating it", async () => {
    const harness = await mount(aReport({ servers: [server({ url: "", verdict: "bad-url" })] }));
    expect(harness.part("server").innerText).to.contain(english.checkUnnamed);
    expect(harness.part("server").innerText).not.to.contain("UDP");
  });

  it("shows the known results of test message and UDP only", async () => {
    const harness = await mount(aReport());
    expect(harness.part("loop").innerText).to.contain("64 ms");
    expect(harness.part("udp").innerText.trim()).to.equal(english["check.udp.open"]);
    harness.element.report = aReport({
      udp: "blocked",
      loop: { verdict: "failed", roundTripMilliseconds: null },
    });
    await harness.settled();
    expect(harness.part("loop").innerText.trim()).to.equal(english["check.loop.failed"]);
    expect(harness.part("udp").innerText.trim()).to.equal(english["check.udp.blocked"]);
    harness.element.report = aReport({
      udp: "unknown",
      loop: { verdict: "not-tried", roundTripMilliseconds: null },
    });
    await harness.settled();
    expect([harness.has("udp"), harness.has("loop")]).to.deep.equal([false, false]);
  });

  for (const overall of [
    "good",
    "relay-only-tcp",
    "loop-failed",
    "no-relay",
    "unreachable",
    "no-servers",
  ] as const) {
    it(`says in words what "${overall}" means, and what to do`, async () => {
      const harness = await mount(aReport({ overall }));
      expect(status(harness)).to.equal(
        `${english[`check.overall.${overall}`]} ${english[`check.advice.${overall}`]}`,
      );
      expect(harness.part("status").querySelector("svg") === null).to.be.false;
      await expect(harness.element).to.be.accessible();
    });
  }

  it("has its words in the dictionary of the kit, where a host replaces them", async () => {
    registerWords({ $code: "sv", $name: "Svenska", $dir: "ltr", check: "Kontrollera" });
    const harness = await mount();
    harness.element.lang = "sv";
    await harness.settled();
    expect(harness.names).to.deep.equal(["Kontrollera"]);
  });

  it("has targets of 44 px and more, and no line that is wider than its container", async () => {
    const harness = await mount(
      aReport({ servers: [server({ url: `turn:${"a".repeat(200)}.example:3478` })] }),
    );
    harness.element.style.inlineSize = "270px";
    const checking = harness.element.check();
    await harness.settled();
    for (const button of harness.buttons)
      expect(button.getBoundingClientRect().height).to.be.at.least(44);
    held.finish(harness.element.report!);
    await checking;
    await harness.settled();
    expect(harness.part("server").textContent).to.contain("aaaa");
    expect(harness.element.scrollWidth).to.be.at.most(270);
  });
});
