import "sx-call-kit/define";
import { expect } from "@open-wc/testing";
import { english, type CallErrorCode, type CallSnapshot, type PermissionKind } from "sx-call-kit";
import {
  permissionKind,
  permissionWords,
  type BrowserTraits,
} from "../../../../src/elements/call-view/in-call/badges.ts";
import type { Localize } from "../../../../src/elements/words/strings.ts";
import { aSnapshot, anEnding } from "../../../../stories/support/snapshots.ts";
import { CallViewHarness } from "../../../support/call-view-harness.ts";
import { waitUntil } from "../../../support/wait-until.ts";

const webkit = "AppleWebKit/537.36 (KHTML, like Gecko)";
const mac = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)";
const iphone =
  "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)";
const android = "Mozilla/5.0 (Linux; Android 15; Pixel 9)";

const browsers: [name: string, traits: BrowserTraits, kind: PermissionKind][] = [
  [
    "Chrome on Windows",
    { userAgent: `Mozilla/5.0 (Windows NT 10.0) ${webkit} Chrome/150.0.0.0 Safari/537.36` },
    "chrome-desktop",
  ],
  [
    "Chrome on a Mac",
    { userAgent: `${mac} ${webkit} Chrome/150.0.0.0 Safari/537.36` },
    "chrome-desktop",
  ],
  [
    "Edge",
    {
      userAgent: `Mozilla/5.0 (Windows NT 10.0) ${webkit} Chrome/150.0.0.0 Safari/537.36 Edg/150.0.0.0`,
    },
    "edge",
  ],
  [
    "Chrome on Android",
    { userAgent: `${android} ${webkit} Chrome/150.0.0.0 Mobile Safari/537.36` },
    "chrome-android",
  ],
  [
    "a WebView of Android",
    {
      userAgent: `Mozilla/5.0 (Linux; Android 15; Pixel 9; wv) ${webkit} Version/4.0 Chrome/150.0.0.0 Mobile Safari/537.36`,
    },
    "webview-android",
  ],
  [
    "a WebView of Android with a user agent of its own",
    {
      userAgent: `${android} ${webkit} Chrome/150.0.0.0 Safari/537.36`,
      userAgentData: { brands: [{ brand: "Android WebView" }] },
    },
    "webview-android",
  ],
  [
    "Safari on an iPhone",
    { userAgent: `${iphone} Version/18.1 Mobile/15E148 Safari/604.1`, maxTouchPoints: 5 },
    "safari-ios",
  ],
  [
    "Safari on an iPad",
    { userAgent: `${mac} AppleWebKit/605.1.15 Version/18.1 Safari/605.1.15`, maxTouchPoints: 5 },
    "safari-ios",
  ],
  [
    "Chrome on an iPhone",
    { userAgent: `${iphone} CriOS/150.0 Mobile/15E148 Safari/604.1`, maxTouchPoints: 5 },
    "webview-ios",
  ],
  ["a WebView of iOS", { userAgent: `${iphone} Mobile/15E148`, maxTouchPoints: 5 }, "webview-ios"],
  [
    "Safari on a Mac",
    { userAgent: `${mac} AppleWebKit/605.1.15 Version/18.1 Safari/605.1.15`, maxTouchPoints: 0 },
    "safari-mac",
  ],
  [
    "Firefox",
    { userAgent: "Mozilla/5.0 (X11; Linux x86_64; rv:150.0) Gecko/20100101 Firefox/150.0" },
    "firefox",
  ],
  [
    "Firefox on Android",
    { userAgent: "Mozilla/5.0 (Android 15; Mobile; rv:150.0) Gecko/150.0 Firefox/150.0" },
    "firefox",
  ],
  [
    "Electron",
    { userAgent: `${mac} ${webkit} App/1.0 Chrome/150.0.0.0 Electron/40.0.0 Safari/537.36` },
    "other",
  ],
  [
    "WebKitGTK",
    {
      userAgent:
        "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/605.1.15 Version/18.0 Safari/605.1.15",
    },
    "other",
  ],
  ["nothing known", { userAgent: "" }, "other"],
];

describe("the help with permissions", () => {
  for (const [name, traits, kind] of browsers) {
    it(`is that of ${kind} for ${name}`, () => {
      expect(permissionKind(traits)).to.equal(kind);
    });
  }

  it("is what the host sets: one of the kinds, or its own text", () => {
    // The words that are asked for here take nothing.
    const localize = ((key: keyof typeof english) => english[key]) as Localize;
    expect(permissionWords("webview-ios", { userAgent: "" }, localize)).to.equal(
      english["permission.webview-ios"],
    );
    expect(permissionWords("Ask Ann.", { userAgent: "" }, localize)).to.equal("Ask Ann.");
    expect(permissionWords("", { userAgent: "" }, localize)).to.equal(english["permission.other"]);
  });

  it("is two sentences for each", () => {
    for (const [, , kind] of browsers)
      expect(english[`permission.${kind}`].match(/\w\.( |$)/g)?.length, kind).to.equal(2);
  });
});

const failed = (device: "microphone" | "camera", problem: CallErrorCode): CallSnapshot => {
  const snapshot = aSnapshot("connected", "video");
  return { ...snapshot, local: { ...snapshot.local, [device]: { state: "failed", problem } } };
};

describe("a device that does not work", () => {
  it("is shown with the steps where it is blocked, and can be retried", async () => {
    const harness = await CallViewHarness.show(failed("camera", "permission-denied"));
    harness.element.permissionHelp = "firefox";
    await harness.settled();
    expect(harness.part("steps").innerText).to.equal(english["permission.firefox"]);
    await expect(harness.element).to.be.accessible();
    const heard = harness.heard("sx-toggle-camera");
    harness.part("try-again").click();
    expect(heard.map(({ detail }) => detail)).to.deep.equal([{ on: true }]);
    expect(harness.calls.asked).to.deep.equal([{ type: "set-device", device: "camera", on: true }]);
  });

  for (const problem of ["device-busy", "device-not-found"] as const) {
    it(`has no steps where it is ${problem}, and can be tried again`, async () => {
      const harness = await CallViewHarness.show(failed("microphone", problem));
      expect(harness.has("steps")).to.be.false;
      harness.part("try-again").click();
      expect(harness.calls.asked).to.deep.equal([
        { type: "set-device", device: "microphone", on: true },
      ]);
    });
  }

  it("has nothing to press where the host draws its own buttons", async () => {
    const harness = await CallViewHarness.show(failed("camera", "permission-denied"));
    harness.element.hideControls = true;
    await harness.settled();
    expect([harness.has("steps"), harness.has("try-again")]).to.deep.equal([true, false]);
  });

  it("is shown with the steps on the screen of a call that failed for it", async () => {
    const problems = ["permission-denied", "device-busy"] as const;
    const [denied, busy] = await Promise.all(
      problems.map((problem) =>
        CallViewHarness.show(anEnding({ reason: "failed", by: "none", problem })),
      ),
    );
    // The steps are in the in-call chunk, which may load only now.
    await waitUntil(() => denied!.has("steps"));
    expect(busy!.has("steps")).to.equal(false);
  });

  it("is reported to the host once, which may open its settings", async () => {
    const harness = await CallViewHarness.show(aSnapshot("connected", "video"));
    const heard = harness.heard("sx-permission-needed");
    harness.calls.show(failed("camera", "permission-denied"));
    harness.calls.show(failed("camera", "permission-denied"));
    harness.calls.show(failed("microphone", "device-busy"));
    expect(heard.map(({ detail }) => detail.device)).to.deep.equal(["camera"]);
  });

  it("is reported to the host once, too, where the call could not begin without its microphone", async () => {
    const harness = await CallViewHarness.show(aSnapshot("inviting", "video"));
    const heard = harness.heard("sx-permission-needed");
    const ended = anEnding({ reason: "failed", by: "none", problem: "permission-denied" });
    harness.calls.show(ended);
    harness.calls.show({ ...ended });
    expect(heard.map(({ detail }) => detail.device)).to.deep.equal(["microphone"]);
  });
});
