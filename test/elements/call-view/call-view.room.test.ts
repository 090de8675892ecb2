import { expect, fixture, html } from "@open-wc/testing";
import { registerWords } from "sx-call-kit";
import type { SxCallView } from "sx-call-kit";
import { ann } from "../../../stories/support/contacts.ts";
import { fixedCalls } from "../../../stories/support/fixed-calls.ts";
import { aSnapshot } from "../../../stories/support/snapshots.ts";
import { locales } from "../../support/locales.ts";
import { everyState } from "../../support/room-states.ts";
import { hardBoxes, Room, smallest } from "../../support/room.ts";
import { longIt } from "../../support/long-it.ts";

describe("every state of a call", () => {
  const room = new Room();
  before(() => room.open());
  after(() => room.close());

  for (const box of hardBoxes) {
    const [width, height, rootSize = 16] = box;
    it(`has room in ${String(width)} × ${String(height)} px, with text of ${String(rootSize)} px: nothing is cut, covered or too small`, async () => {
      expect(await room.faults(box)).to.deep.equal([]);
    });
  }

  longIt(
    "has room in the smallest box with buttons, whatever is said of the call and open in it",
    async () => {
      expect(await room.faults(smallest, { shown: everyState })).to.deep.equal([]);
    },
  );

  for (const code of ["de", "ar"]) {
    const register = code === "ar" ? it : longIt;
    register(`has room in the words of another language, at 200 %: ${code}`, async () => {
      const locale = locales.find(({ $code }) => $code === code)!;
      registerWords(locale);
      const spoken = { lang: code, dir: locale.$dir };
      for (const box of hardBoxes.filter(([, , rootSize]) => rootSize === 32))
        expect(await room.faults(box, spoken), box.join(" ")).to.deep.equal([]);
    });
  }
});

it("the avatar of a call on a phone stays where it is when the lock comes", async () => {
  const calls = fixedCalls(aSnapshot("connecting", "audio"));
  const place = await fixture(
    html`<div style="inline-size: 390px; block-size: 844px">
      <sx-call-view lang="en" .contact=${ann} .calls=${calls}></sx-call-view>
    </div>`,
  );
  const view = place.querySelector<SxCallView>("sx-call-view")!;
  const avatarTop = () =>
    view.shadowRoot!.querySelector(".person .avatar")!.getBoundingClientRect().top;
  await view.updateComplete;
  const before = avatarTop();
  calls.show(aSnapshot("connected", "audio"));
  await view.updateComplete;
  expect(view.shadowRoot!.querySelector(".lock")).to.exist;
  expect(avatarTop()).to.be.closeTo(before, 0.5);
});
