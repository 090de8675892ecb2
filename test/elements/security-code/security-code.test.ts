import "sx-call-kit/define";
import { expect } from "@open-wc/testing";
import { html } from "lit";
import { english, type SxSecurityCode, type Verification } from "sx-call-kit";
import { aCode, aSnapshot } from "../../../stories/support/snapshots.ts";
import { codeEmoji } from "../../../src/elements/security-code/security-code.ts";
import { CallViewHarness } from "../../support/call-view-harness.ts";
import { ElementHarness } from "../../support/element-harness.ts";

const mount = (code: unknown = aCode, verification: Verification | null = null) =>
  ElementHarness.mount<SxSecurityCode>(
    html`<sx-security-code .code=${code} .verification=${verification}></sx-security-code>`,
    "sx-security-code",
  );
const names = ({ root }: ElementHarness<SxSecurityCode>) =>
  [...root.querySelectorAll("[part=emoji]")].map((emoji) => emoji.ariaLabel);
const status = (harness: ElementHarness<SxSecurityCode>) => harness.part("status").innerText.trim();

describe("<sx-security-code>", () => {
  it("shows four signs, each with its name and its digits", async () => {
    const harness = await mount();
    expect(names(harness)).to.deep.equal(["Anchor", "Rainbow", "Turtle", "Guitar"]);
    const signs = [...harness.root.querySelectorAll("li")];
    expect(signs.map((sign) => sign.querySelector("[part=emoji]")!.textContent)).to.deep.equal(
      aCode.slice(0, 4).map((number) => codeEmoji[number]),
    );
    expect(signs.map((sign) => sign.querySelector("[part=name]")!.textContent)).to.deep.equal(
      names(harness),
    );
    expect(
      signs.map((sign) => sign.querySelector("[part=digits] [aria-hidden]")!.textContent),
    ).to.deep.equal(["41", "31", "01", "52"]);
  });

  it("has signs that are images with a name and digits that are read as digits, each once", async () => {
    const harness = await mount();
    const sign = harness.root.querySelector("li")!;
    expect(sign.querySelector("[part=emoji]")!.role).to.equal("img");
    expect(sign.querySelector("[part=name]")!.ariaHidden).to.equal("true");
    expect(sign.querySelector("[part=digits] .visually-hidden")!.textContent).to.equal("4 1");
    expect(harness.root.querySelectorAll("ol > li").length).to.equal(4);
  });

  it("shows the long form on demand, by keyboard, and keeps the focus there", async () => {
    const harness = await mount();
    await harness.press("Tab");
    expect(harness.focused).to.equal(english.codeLong);
    await harness.press("Enter");
    expect(names(harness).length).to.equal(7);
    expect([harness.focused, harness.part("long").ariaExpanded]).to.deep.equal([
      english.codeShort,
      "true",
    ]);
    await harness.press("Enter");
    expect(names(harness).length).to.equal(4);
  });

  it("asks both people to read it aloud, and tells the answers", async () => {
    const harness = await mount();
    expect(status(harness)).to.contain("Read it aloud to each other");
    const answers = harness.heard("sx-check-code");
    await harness.clickWithMouse("match");
    await harness.clickWithMouse("no-match");
    expect(answers.map(({ detail }) => detail)).to.deep.equal([{ match: true }, { match: false }]);
    // Without a call it only says so: what was given still stands.
    expect(status(harness)).to.equal(english["code.compare"]);
  });

  const states: [
    local: boolean | null,
    remote: boolean | null,
    says: keyof typeof english,
    asks: boolean,
  ][] = [
    [null, null, "code.compare", true],
    // The other side's word is not shown before one's own: it would be an answer to copy.
    [null, true, "code.compare", true],
    [true, null, "code.waiting", false],
    [true, true, "code.verified", false],
    [null, false, "code.refused", false],
    [true, false, "code.refused", false],
    [false, null, "code.mismatch", false],
    [false, true, "code.mismatch", false],
    [false, false, "code.mismatch", false],
  ];
  for (const [local, remote, says, asks] of states) {
    it(`says "${says}" where this side said ${String(local)} and the other ${String(remote)}`, async () => {
      const harness = await mount(aCode, { local, remote });
      expect(status(harness)).to.equal(english[says]);
      expect(harness.has("match")).to.equal(asks);
      // Only both together are verified.
      expect(harness.text.includes("Verified")).to.equal(local === true && remote === true);
      await expect(harness.element).to.be.accessible();
    });
  }

  it("says that there is no code yet, and has nothing to press", async () => {
    for (const code of [null, [], "1234567", [1, 2, 3, 4], [64, 0, 0, 0, 0, 0, 0]]) {
      const harness = await mount(code);
      expect(status(harness)).to.equal(english["code.none"]);
      expect(harness.buttons).to.deep.equal([]);
    }
    await expect((await mount(null)).element).to.be.accessible();
  });

  it("says how it stands in a live region that never holds the code", async () => {
    const harness = await mount();
    const region = harness.part("status");
    expect(region.role).to.equal("status");
    harness.element.verification = { local: true, remote: null };
    await harness.settled();
    expect(harness.part("status") === region).to.be.true;
    expect(region.textContent).to.not.match(/Anchor|41/);
  });

  it("has targets of 44 px and more, also in the narrowest panel, where no name is cut", async () => {
    const harness = await ElementHarness.mount<SxSecurityCode>(
      html`<div style="inline-size: 270px">
        <sx-security-code .code=${[4, 12, 13, 5, 27, 32, 28]}></sx-security-code>
      </div>`,
      "sx-security-code",
    );
    await harness.clickWithMouse("long");
    for (const button of harness.buttons)
      expect(button.getBoundingClientRect().height).to.be.at.least(44);
    expect(harness.element.scrollWidth).to.be.at.most(270);
    for (const name of harness.root.querySelectorAll(".name"))
      expect(name.scrollWidth).to.be.at.most(name.clientWidth + 1);
  });
});

describe("<sx-security-code> in a call", () => {
  const inCall = async (changes = {}) => {
    const view = await CallViewHarness.show(aSnapshot("connected", "audio", changes));
    await view.openPanel();
    return view;
  };

  it("shows the call's code and its verification", async () => {
    const view = await inCall();
    expect(names(view.code)).to.deep.equal(["Anchor", "Rainbow", "Turtle", "Guitar"]);
    await view.changeTo(
      aSnapshot("connected", "audio", { verification: { local: true, remote: true } }),
    );
    expect(status(view.code)).to.equal(english["code.verified"]);
  });

  it("hands both answers to the call, unless a host prevents it", async () => {
    const view = await inCall();
    view.element.addEventListener("sx-check-code", (event) => event.preventDefault(), {
      once: true,
    });
    await view.code.clickWithMouse("match");
    expect(view.calls.asked).to.deep.equal([]);
    await view.code.clickWithMouse("match");
    await view.code.clickWithMouse("no-match");
    expect(view.calls.asked).to.deep.equal([
      { type: "check-code", match: true },
      { type: "check-code", match: false },
    ]);
  });

  it("has no answers where the call takes none", async () => {
    expect((await inCall({ actions: ["hang-up"] })).code.has("match")).to.be.false;
  });

  it("keeps the focus when the pressed button is gone with the question", async () => {
    const view = await inCall();
    view.code.part("match").focus();
    const { actions } = aSnapshot("connected", "audio");
    await view.changeTo(
      aSnapshot("connected", "audio", {
        verification: { local: true, remote: null },
        actions: actions.filter((action) => action !== "check-code"),
      }),
    );
    expect(view.code.focused).to.equal(english["code.waiting"]);
  });
});
