import "sx-call-kit/define";
import { expect, fixture, html } from "@open-wc/testing";
import { english, type SxCallView } from "sx-call-kit";
import { ann } from "../../../stories/support/contacts.ts";
import { aSnapshot } from "../../../stories/support/snapshots.ts";
import { CallViewHarness } from "../../support/call-view-harness.ts";
import { waitUntil } from "../../support/wait-until.ts";

const { show } = CallViewHarness;
const systemName = () => navigator.mediaSession.metadata?.title ?? null;

/** A track that nothing ever comes from: a browser that may play it waits. */
function aSilentTrack(): MediaStreamTrack {
  return document.createElement("canvas").captureStream(0).getVideoTracks()[0]!;
}

/** A view in a browser that holds its sound back until the test allows it. */
async function heldBack() {
  const harness = await show(aSnapshot("connected", "audio"));
  const audio = harness.root.querySelector("audio")!;
  let isAllowed = false;
  const play = () =>
    isAllowed ? HTMLMediaElement.prototype.play.call(audio) : Promise.reject(refusal);
  const refusal = new DOMException("Press something first.", "NotAllowedError");
  // On this one element, as a browser with another autoplay policy would answer.
  Object.assign(audio, { play, autoplay: false });
  await harness.changeTo(aSnapshot("connected", "audio"), { remoteMicrophone: aSilentTrack() });
  await waitUntil(() => harness.has("tap-to-hear"));
  return { harness, allow: () => (isAllowed = true) };
}

describe("<sx-call-view>: sounds and the device", () => {
  it("has attributes for what a host chooses of them, with quiet defaults", async () => {
    const plain = document.createElement("sx-call-view");
    const chosen = ({
      volume,
      soundRegion,
      ring,
      noHaptics,
      noWakeLock,
      systemControls,
    }: SxCallView) => [...[volume, soundRegion, ring, noHaptics, noWakeLock, systemControls]];
    expect(chosen(plain)).to.deep.equal([0.5, null, false, false, false, "buttons"]);
    const view = await fixture<SxCallView>(
      html`<sx-call-view
        volume="0"
        sound-region="GB"
        ring
        no-haptics
        no-wake-lock
        system-controls="off"
      ></sx-call-view>`,
    );
    expect(chosen(view)).to.deep.equal([0, "GB", true, true, true, "off"]);
  });

  it("names the contact to the system only where the host says so, and only during the call", async () => {
    const harness = await show(aSnapshot("connected"), { contact: ann });
    expect(systemName()).to.equal(null);
    harness.element.systemControls = "named";
    await harness.settled();
    expect(systemName()).to.equal(ann.name);
    await harness.changeTo(aSnapshot("ended"));
    expect(systemName()).to.equal(null);
  });

  it("releases the system with its place in the document, and takes it again in another", async () => {
    const harness = await show(aSnapshot("connected"), { contact: ann });
    harness.element.systemControls = "named";
    await harness.settled();
    const frame = harness.element.parentElement!;
    harness.element.remove();
    expect(systemName()).to.equal(null);
    frame.append(harness.element);
    await waitUntil(() => systemName() === ann.name);
  });

  it("says that its sound is held back: on a button, and once to a screen reader", async () => {
    const { harness } = await heldBack();
    expect(harness.part("tap-to-hear").innerText).to.equal(english.tapToHear);
    expect(harness.announced).to.equal(`${english.connected} ${english.tapToHear}`);
  });

  it("plays it at a press of the button, and takes the sign away", async () => {
    const { harness, allow } = await heldBack();
    allow();
    await harness.clickWithMouse("tap-to-hear");
    expect(harness.has("tap-to-hear")).to.be.false;
    expect(harness.announced).to.equal(english.connected);
    expect(harness.root.querySelector("audio")!.paused).to.be.false;
  });

  it("plays it at any other press in the view, too", async () => {
    const { harness, allow } = await heldBack();
    allow();
    harness.controls.part("microphone").focus();
    await harness.press("Shift");
    expect(harness.has("tap-to-hear")).to.be.false;
  });

  it("keeps the sign where the browser still refuses, and loses it with the call", async () => {
    const { harness } = await heldBack();
    await harness.clickWithMouse("tap-to-hear");
    expect(harness.has("tap-to-hear")).to.be.true;
    await harness.changeTo(aSnapshot("ended", "audio"));
    expect(harness.announced).not.to.contain(english.tapToHear);
  });

  it("shows the sign without buttons, too: there is no other way to hear", async () => {
    const { harness } = await heldBack();
    harness.element.hideControls = true;
    await harness.settled();
    expect(harness.isVisible("[part=tap-to-hear]")).to.be.true;
  });
});
