import "sx-call-kit/define";
import { expect } from "@open-wc/testing";
import { sendMouse, setViewport } from "@web/test-runner-commands";
import { html } from "lit";
import { styleMap } from "lit/directives/style-map.js";
import type { CallSnapshot, SxCallControls } from "sx-call-kit";
import { aHeldCall, aSnapshot } from "../../../stories/support/snapshots.ts";
import { CallViewHarness } from "../../support/call-view-harness.ts";
import { ElementHarness } from "../../support/element-harness.ts";
import { waitUntil } from "../../support/wait-until.ts";

type ScreenAction = SxCallControls["extras"][number];

const everything: readonly ScreenAction[] = [
  ...([
    "devices",
    "picture-in-picture",
    "security",
    "swap-pictures",
    "fit",
    "full-screen",
    "help",
  ] as const),
];
const connected = aSnapshot("connected", "video");

interface Shown {
  readonly snapshot?: CallSnapshot;
  readonly extras?: readonly ScreenAction[];
  readonly style?: Readonly<Record<string, string>>;
  readonly dir?: string;
}

const mount = ({
  snapshot = connected,
  extras = everything,
  style = {},
  dir = "ltr",
}: Shown = {}) =>
  ElementHarness.mount<SxCallControls>(
    html`<div dir=${dir} style=${styleMap({ ...style })}>
      <sx-call-controls
        .snapshot=${snapshot}
        .extras=${extras}
        .shortcutKeys=${{ microphone: "m", hold: "h" }}
      ></sx-call-controls>
    </div>`,
    "sx-call-controls",
  );

const toolbarNames = (harness: ElementHarness<SxCallControls>) =>
  [...harness.part("toolbar").querySelectorAll("button")].map(({ ariaLabel }) => ariaLabel);
const items = (harness: ElementHarness<SxCallControls>) =>
  [...harness.root.querySelectorAll<HTMLElement>("[role=menuitem]")].map(
    (item) => item.querySelector("span")!.innerText,
  );
const focusedItem = (harness: ElementHarness<SxCallControls>) =>
  harness.root.activeElement?.querySelector("span")?.textContent ?? null;

async function opened(shown: Shown = {}): Promise<ElementHarness<SxCallControls>> {
  const harness = await mount(shown);
  harness.part("more").click();
  await harness.settled();
  return harness;
}

describe("the room of the toolbar", () => {
  const fits: [width: number, names: string[]][] = [
    [320, ["Microphone", "Camera", "Flip camera", "More", "End call"]],
    [240, ["Microphone", "Camera", "More", "End call"]],
    [
      800,
      [
        ...[
          "Microphone",
          "Choose microphone",
          "Camera",
          "Choose camera",
          "Flip camera",
          "Speaker and devices",
          "Share screen",
          "Picture in picture",
        ],
        ...["Security code", "More", "End call"],
      ],
    ],
  ];
  for (const [width, names] of fits) {
    it(`shows the buttons that fit into one row: ${names.length} at ${width} px`, async () => {
      const harness = await mount({ style: { width: `${width}px`, "--sx-controls-gap": "8px" } });
      await waitUntil(() => toolbarNames(harness).length === names.length);
      expect(toolbarNames(harness)).to.deep.equal(names);
      const boxes = [...harness.part("toolbar").querySelectorAll("button")].map((button) =>
        button.getBoundingClientRect(),
      );
      expect(new Set(boxes.map(({ top }) => Math.round(top))).size).to.equal(1);
      for (const box of boxes) {
        expect(box.width).to.be.at.least(44);
        expect(box.height).to.be.at.least(44);
      }
      const outer = harness.element.parentElement!.getBoundingClientRect();
      expect(boxes.at(-1)!.right).to.be.at.most(outer.right);
    });
  }

  it("follows what is around the toolbar, in both directions", async () => {
    const harness = await mount({ style: { width: "800px" } });
    const { style } = harness.element.parentElement!;
    await waitUntil(() => toolbarNames(harness).length === 11);
    style.width = "320px";
    await waitUntil(() => toolbarNames(harness).length === 4 || toolbarNames(harness).length === 5);
    style.width = "800px";
    await waitUntil(() => toolbarNames(harness).length === 11);
  });

  it("is the height where the toolbar stands upright", async () => {
    const harness = await mount({
      style: { height: "300px", "--sx-controls-direction": "column", "--sx-controls-gap": "8px" },
    });
    await waitUntil(() => toolbarNames(harness).length === 5);
    const boxes = [...harness.part("toolbar").querySelectorAll("button")].map((button) =>
      button.getBoundingClientRect(),
    );
    expect(new Set(boxes.map(({ left }) => Math.round(left))).size).to.equal(1);
  });

  it("moves buttons that do not fit into the menu, before its permanent items", async () => {
    const harness = await opened({ style: { width: "320px", "--sx-controls-gap": "8px" } });
    await waitUntil(() => items(harness).length === 9);
    expect(items(harness)).to.deep.equal([
      ...["Speaker and devices", "Share your screen", "Picture in picture", "Security code"],
      ...["Swap pictures", "Show whole picture", "Full screen", "Hold call", "Keyboard shortcuts"],
    ]);
  });

  it("shares something else by the menu, where the sign of the shared screen has no room for it", async () => {
    const on = { state: "on", problem: null } as const;
    const local = { microphone: on, camera: on, screen: on, facing: null };
    const sharing = aSnapshot("connected", "video", { local });
    const view = await CallViewHarness.show(sharing, { size: [320, 568] });
    expect(view.isVisible("[part=share-other]")).to.be.false;
    view.controls.part("more").click();
    await view.controls.settled();
    view.controls.part("change-screen").click();
    await waitUntil(() => view.calls.asked.length > 0);
    expect(view.calls.asked).to.deep.equal([{ type: "change-screen" }]);
  });

  it("has no menu where everything has a button", async () => {
    const harness = await mount({
      extras: [],
      snapshot: aSnapshot("inviting", "video"),
      style: { width: "800px" },
    });
    expect(toolbarNames(harness)).to.deep.equal(["Microphone", "Camera", "End call"]);
  });

  it("keeps the end of the call apart from the rest", async () => {
    const harness = await mount({ style: { width: "800px" } });
    await waitUntil(() => toolbarNames(harness).length === 11);
    const [security, more, end] = ["security", "more", "hang-up"].map((part) =>
      harness.part(part).getBoundingClientRect(),
    );
    const usual = more!.left - security!.right;
    expect(end!.left - more!.right).to.be.above(1.5 * usual);
  });
});

describe("the menu of the toolbar", () => {
  it("is a menu with a name, opened by a button that says so, and passes axe", async () => {
    const harness = await mount();
    const more = harness.part("more");
    expect([more.ariaHasPopup, more.ariaExpanded, harness.has("menu")]).to.deep.equal([
      "menu",
      "false",
      false,
    ]);
    await harness.clickWithMouse("more");
    expect([
      more.ariaExpanded,
      harness.part("menu").role,
      harness.part("menu").ariaLabel,
    ]).to.deep.equal(["true", "menu", "More"]);
    await expect(harness.element).to.be.accessible();
  });

  it("says by an attribute and an event whether it is open", async () => {
    const harness = await mount();
    const heard = harness.heard("sx-menu-open");
    await harness.clickWithMouse("more");
    expect(harness.element.hasAttribute("menu-open")).to.be.true;
    await harness.clickWithMouse("more");
    expect(harness.element.hasAttribute("menu-open")).to.be.false;
    expect(heard.map(({ detail }) => detail.open)).to.deep.equal([true, false]);
  });

  it("moves by arrows, Home and End, wraps, and finds an item by its letter", async () => {
    const harness = await mount({ style: { width: "1000px" } });
    harness.element.showsWholePicture = true;
    harness.part("more").focus();
    await harness.press("Enter");
    const walk = [focusedItem(harness)];
    for (const key of ["ArrowDown", "End", "ArrowDown", "ArrowUp", "Home", "h", "f", "f", "x"]) {
      await harness.press(key);
      walk.push(focusedItem(harness));
    }
    const [swap, fit, full, hold, help] = items(harness);
    expect(walk).to.deep.equal([swap, fit, help, swap, help, swap, hold, fit, full, full]);
  });

  it("opens by the up arrow on its button, and leaves by Tab to what follows the button", async () => {
    const harness = await mount();
    harness.part("more").focus();
    await harness.press("ArrowUp");
    expect(harness.has("menu")).to.be.true;
    await harness.press("Tab");
    expect([harness.has("menu"), harness.root.activeElement]).to.deep.equal([false, null]);
  });

  it("closes by Escape, which goes no further, and gives the focus back to its button", async () => {
    const harness = await opened();
    let reached = 0;
    const listen = () => reached++;
    document.addEventListener("keydown", listen);
    await harness.press("Escape");
    document.removeEventListener("keydown", listen);
    expect([harness.has("menu"), harness.focused, reached]).to.deep.equal([false, "More", 0]);
  });

  it("closes by a press beside it, also outside of the element", async () => {
    const harness = await opened({ style: { "margin-block-start": "400px" } });
    await sendMouse({ type: "click", position: [2, 2] });
    await harness.settled();
    expect(harness.has("menu")).to.be.false;
  });

  it("fires the chosen intent once it is closed, with the focus on its button", async () => {
    const harness = await opened({ style: { width: "1000px" } });
    const seen: unknown[] = [];
    harness.element.addEventListener("sx-screen-action", ({ detail }) =>
      seen.push([detail.action, harness.element.hasAttribute("menu-open"), harness.focused]),
    );
    for (const action of ["swap-pictures", "fit", "full-screen", "help"]) {
      if (!harness.has("menu")) harness.part("more").click();
      await harness.settled();
      harness.part(action).click();
      await harness.settled();
    }
    expect(seen).to.deep.equal(
      ["swap-pictures", "fit", "full-screen", "help"].map((action) => [action, false, "More"]),
    );
  });

  it("holds the call around it, and goes on with it", async () => {
    const view = await CallViewHarness.show(connected);
    const choose = async () => {
      view.controls.part("more").click();
      await view.controls.settled();
      view.controls.part("hold").click();
      await view.settled();
    };
    await choose();
    await view.changeTo(aHeldCall({ local: true, remote: false }, "video"));
    await choose();
    expect(view.calls.asked).to.deep.equal([{ type: "hold" }, { type: "resume" }]);
  });

  it("shows the shortcuts of its items", async () => {
    const harness = await opened({ style: { width: "1000px" } });
    const hold = harness.part("hold");
    expect([
      hold.getAttribute("aria-keyshortcuts"),
      hold.querySelector("kbd")!.innerText,
    ]).to.deep.equal(["h", "H"]);
    expect(harness.part("microphone").title).to.equal("Mute microphone (M)");
    expect(harness.part("camera").title).to.equal("Turn camera off");
    expect(harness.part("fit").hasAttribute("aria-keyshortcuts")).to.be.false;
  });

  it("closes where nothing is left in it", async () => {
    const harness = await opened();
    harness.element.extras = [];
    harness.element.snapshot = aSnapshot("inviting", "video");
    await harness.settled();
    expect([harness.has("menu"), harness.element.hasAttribute("menu-open")]).to.deep.equal([
      false,
      false,
    ]);
  });

  describe("lies over everything and within the window", () => {
    after(() => setViewport({ width: 800, height: 600 }));

    for (const [width, height, dir] of [
      [320, 568, "ltr"],
      [390, 844, "rtl"],
      [844, 390, "ltr"],
      [844, 390, "rtl"],
    ] as const) {
      it(`in a view of ${width} × ${height}, ${dir}`, async () => {
        await setViewport({ width, height });
        const view = await CallViewHarness.show(connected, { size: [width, height] });
        view.element.parentElement!.dir = dir;
        Object.assign(view.element.parentElement!.style, {
          position: "fixed",
          inset: "0 auto auto 0",
        });
        await view.controls.settled();
        await waitUntil(() => view.controls.has("more"));
        view.controls.part("more").click();
        await view.controls.settled();
        const menu = view.controls.part("menu");
        const { left, right, top, bottom } = menu.getBoundingClientRect();
        expect(
          [left >= 0, top >= 0, right <= width, bottom <= height],
          `${left} ${top} ${right} ${bottom}`,
        ).to.deep.equal(Array(4).fill(true));
        const more = view.controls.part("more").getBoundingClientRect();
        const overlaps =
          left < more.right && right > more.left && top < more.bottom && bottom > more.top;
        expect(overlaps).to.be.false;
        // Nothing cuts it off: each of its corners is really there.
        const inside = 24;
        for (const [x, y] of [
          [left + inside, top + inside],
          [right - inside, bottom - inside],
        ]) {
          const hit = view.controls.root.elementFromPoint(x!, y!);
          expect(menu.contains(hit)).to.be.true;
        }
      });
    }

    it("scrolls where it is higher than the window", async () => {
      await setViewport({ width: 320, height: 300 });
      const harness = await opened({ style: { position: "fixed", inset: "auto 0 8px 0" } });
      const menu = harness.part("menu");
      await waitUntil(() => menu.scrollHeight > menu.clientHeight);
      expect(menu.getBoundingClientRect().top).to.be.at.least(0);
      await harness.press("End");
      const last = harness.root.activeElement!.getBoundingClientRect();
      expect(last.bottom).to.be.at.most(menu.getBoundingClientRect().bottom);
    });
  });
});
