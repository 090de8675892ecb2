import "sx-call-kit/define";
import { expect } from "@open-wc/testing";
import { sendKeys } from "@web/test-runner-commands";
import type { CallSnapshot } from "sx-call-kit";
import { aDeviceList, aHeldCall, aSnapshot } from "../../../stories/support/snapshots.ts";
import { CallViewHarness } from "../../support/call-view-harness.ts";
import { waitUntil } from "../../support/wait-until.ts";

/** Answers intents like real calls, so that a test can follow a whole call. */
async function follow(harness: CallViewHarness): Promise<void> {
  const asked = harness.calls.asked.at(-1);
  const { snapshot } = harness.calls;
  const device = (on: boolean) => ({ state: on ? "on" : "off", problem: null }) as const;
  const changed = (changes: Partial<CallSnapshot>) => harness.changeTo({ ...snapshot, ...changes });
  switch (asked?.type) {
    case "accept":
      return harness.changeTo(aSnapshot("connected", asked.media, { devices: aDeviceList }));
    case "set-device":
      return changed({ local: { ...snapshot.local, [asked.device]: device(asked.on) } });
    case "hold":
      return harness.changeTo(aHeldCall({ local: true, remote: false }, "video"));
    case "resume":
      return harness.changeTo(aSnapshot("connected", "video", { devices: aDeviceList }));
    case "check-code":
      return changed({ verification: { local: asked.match, remote: null } });
    case "choose-device":
      return changed({ devices: { ...snapshot.devices, [asked.device]: asked.id } });
    case "hang-up":
      return harness.changeTo(aSnapshot("ended", "video"));
    case undefined:
    default:
  }
}

const asked = (harness: CallViewHarness) => harness.calls.asked.map(({ type }) => type);

/** The name of what has the focus, in whichever shadow tree. */
function focusName(): string {
  let active = document.activeElement;
  while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
  const label = active?.closest("label");
  return active?.ariaLabel ?? (label ?? (active as HTMLElement | null))?.innerText.trim() ?? "";
}

/** Presses Tab until something of that name has the focus, as a person looks for it. */
async function tabTo(name: string, key = "Tab"): Promise<void> {
  const seen: string[] = [];
  for (let step = 0; step < 40; step++) {
    if (focusName().startsWith(name)) return;
    await sendKeys({ press: key });
    seen.push(focusName());
  }
  throw new Error(`"${name}" was not found among ${seen.join(", ")}.`);
}

describe("a whole call by the keyboard alone", () => {
  it("goes from the ring to the end: accept, mute, devices, the code, hold and hang up", async () => {
    const harness = await CallViewHarness.show(aSnapshot("incoming", "video"), {
      size: [800, 600],
    });
    const press = async (key: string) => {
      await harness.press(key);
      await follow(harness);
    };
    await tabTo("Accept with video");
    await press("Enter");
    await waitUntil(() => focusName() === "Microphone");

    await press("Space");
    expect(harness.calls.snapshot.local.microphone.state).to.equal("off");
    await press("m");
    expect(harness.calls.snapshot.local.microphone.state).to.equal("on");

    await tabTo("Speaker and devices", "ArrowRight");
    await press("Enter");
    await tabTo("Built-in camera");
    await press("ArrowDown");
    expect(harness.calls.asked.at(-1)).to.deep.equal({
      type: "choose-device",
      device: "camera",
      id: "usb-camera",
    });
    await press("Escape");
    expect([harness.has("panel"), focusName()]).to.deep.equal([false, "Speaker and devices"]);

    await tabTo("End-to-end encrypted");
    await press("Enter");
    await tabTo("They match");
    await press("Enter");
    await press("Escape");

    await tabTo("Speaker and devices");
    await tabTo("More", "ArrowRight");
    await press("Enter");
    await press("h");
    expect(focusName()).to.contain("Hold call");
    await press("Enter");
    await tabTo("Resume");
    await press("Enter");

    await press("?");
    expect([harness.part("panel").ariaModal, harness.part("panel").ariaLabel]).to.deep.equal([
      "true",
      "Keyboard shortcuts",
    ]);
    await press("Escape");

    await tabTo("Microphone");
    await press("End");
    expect(focusName()).to.equal("End call");
    await press("Enter");
    await waitUntil(() => focusName() === "Close");
    expect(asked(harness)).to.deep.equal([
      ...[
        "accept",
        "set-device",
        "set-device",
        "choose-device",
        "check-code",
        "hold",
        "resume",
        "hang-up",
      ],
    ]);
  });

  it("keeps the focus in the list of keys until it is closed, and gives it back", async () => {
    const harness = await CallViewHarness.show(aSnapshot("connected", "video"), {
      size: [800, 600],
    });
    harness.controls.part("camera").focus();
    await harness.press("?");
    const { root } = harness;
    for (const key of ["Tab", "Tab", "Tab", "Shift+Tab"]) {
      await harness.press(key);
      expect(harness.part("panel").contains(root.activeElement), key).to.be.true;
    }
    const keys = [...harness.part("help").querySelectorAll("kbd")].map(
      ({ innerText }) => innerText,
    );
    expect(keys).to.deep.equal(["M", "V", "S", "H", "Space", "?", "Esc"]);
    await expect(harness.element).to.be.accessible();
    await harness.press("Escape");
    expect(harness.controls.focused).to.equal("Camera");
  });
});

/** The role and the accessible name of an element, as axe computes them. */
interface AxeCommons {
  setup(root: Element): void;
  teardown(): void;
  readonly utils: { getNodeFromTree(element: Element): object | null | undefined };
  readonly commons: {
    readonly aria: { getRole(element: Element): string | null };
    readonly text: { accessibleText(element: Element): string };
  };
}

/** Everything in the page, in every shadow tree. */
function everything(root: ParentNode): HTMLElement[] {
  return [...root.querySelectorAll<HTMLElement>("*")].flatMap((element) => [
    element,
    ...(element.shadowRoot ? everything(element.shadowRoot) : []),
  ]);
}

/** Presses what a screen reader calls so: nothing but roles and names is used. */
async function activate(harness: CallViewHarness, role: string, name: string): Promise<void> {
  // The check has put it there.
  const { axe } = window as unknown as { axe: AxeCommons };
  axe.setup(document.body);
  const { aria, text } = axe.commons;
  // Fallback content of a filled slot is not rendered.
  const reachable = everything(document.body).filter(
    (element) =>
      axe.utils.getNodeFromTree(element) &&
      element.checkVisibility() &&
      !element.closest("[inert]"),
  );
  const found = reachable.filter(
    (element) => aria.getRole(element) === role && text.accessibleText(element) === name,
  );
  const reported = reachable
    .filter((element) => aria.getRole(element) === role)
    .map((element) => text.accessibleText(element));
  axe.teardown();
  expect(found.length, `${role} "${name}" among ${reported.join(", ")}`).to.equal(1);
  found[0]!.click();
  await harness.settled();
  await follow(harness);
}

describe("a whole call by accessible names alone", () => {
  it("goes from the ring to the end", async () => {
    const harness = await CallViewHarness.show(aSnapshot("incoming", "video"), {
      size: [800, 600],
    });
    await expect(harness.element).to.be.accessible();
    await activate(harness, "button", "Accept with video");
    await activate(harness, "button", "Microphone");
    await activate(harness, "button", "Speaker and devices");
    await activate(harness, "radio", "USB camera");
    await activate(harness, "button", "Close");
    await activate(harness, "button", "More");
    await activate(harness, "menuitem", "Hold call");
    await activate(harness, "button", "Resume");
    await activate(harness, "button", "End call");
    await activate(harness, "button", "Close");
    expect(asked(harness)).to.deep.equal([
      "accept",
      "set-device",
      "choose-device",
      "hold",
      "resume",
      "hang-up",
    ]);
  });
});
