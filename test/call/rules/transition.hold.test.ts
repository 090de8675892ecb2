import { expect } from "@open-wc/testing";
import type { CallEffect } from "../../../src/call/events.ts";
import { toSnapshot } from "../../../src/call/to-snapshot.ts";
import {
  inSituation,
  off,
  on,
  refused,
  say,
  situationNames,
  starting,
} from "../../support/call-script.ts";

const hold = { type: "hold" } as const;
const resume = { type: "resume" } as const;
const reported = (effects: readonly CallEffect[]) =>
  effects.flatMap((effect) =>
    effect.type === "send-control" && effect.message.type === "hold" ? [effect.message.on] : [],
  );
const running = [
  "the caller connected",
  "the callee connected",
  "the caller reconnecting",
  "the callee reconnecting",
] as const;

/** A connected call with a camera and a screen that are on. */
function withPicture() {
  const script = inSituation("the caller connected");
  script.do({ type: "control-opened" });
  for (const device of ["camera", "screen"] as const) {
    script.do(
      { type: "set-device", device, on: true },
      say.device(device, starting),
      say.device(device, on),
    );
  }
  return script;
}

describe("a call that is put on hold", () => {
  it("switches off every device that is on or opens, and tells the other side first", () => {
    expect(withPicture().names(hold)).to.deep.equal([
      "send-control",
      "set-device microphone off",
      "set-device camera off",
      "set-device screen off",
    ]);
    const opening = inSituation("the caller connected");
    opening.do({ type: "set-device", device: "camera", on: true }, say.device("camera", starting));
    expect(opening.names(hold)).to.include("set-device camera off");
  });

  it("is held only while it is connected or looks for a path, and once", () => {
    for (const situation of situationNames) {
      const script = inSituation(situation);
      const isPossible =
        (running as readonly string[]).includes(situation) ||
        situation === "the callee held by the caller";
      const before = script.model;
      script.do(hold);
      expect(script.model !== before, situation).to.equal(isPossible);
      expect(script.do(hold), situation).to.deep.equal([]);
    }
  });

  it("comes back with the devices that were on, and without the screen, which a person has to choose each time", () => {
    const script = withPicture();
    script.do(
      hold,
      say.device("microphone", off),
      say.device("camera", off),
      say.device("screen", off),
    );
    expect(script.names(resume)).to.deep.equal([
      "send-control",
      "set-device microphone on",
      "set-device camera on",
    ]);
    expect(script.model.hold.local).to.equal(false);
  });

  it("stays muted where it was muted", () => {
    const script = withPicture();
    script.do(
      { type: "set-device", device: "microphone", on: false },
      say.device("microphone", off),
      hold,
    );
    expect(script.names(resume)).to.deep.equal(["send-control", "set-device camera on"]);
  });

  it("tries a device again that failed on its way into the hold", () => {
    const script = withPicture();
    script.do(hold, say.device("camera", refused));
    expect(script.names(resume)).to.include("set-device camera on");
  });

  it("switches nothing meanwhile: a wish would open a device of a call that is not heard", () => {
    const script = inSituation("the caller on hold");
    for (const device of ["microphone", "camera", "screen"] as const) {
      expect(
        script.do(
          { type: "set-device", device, on: true },
          { type: "set-device", device, on: false },
        ),
      ).to.deep.equal([]);
    }
  });

  it("notifies the other side of its beginning and its end", () => {
    const script = inSituation("the caller connected");
    script.do({ type: "control-opened" });
    expect([reported(script.do(hold)), reported(script.do(resume))]).to.deep.equal([
      [true],
      [false],
    ]);
  });

  it("tells it as soon as the channel opens, where it opens later", () => {
    const script = inSituation("the caller connected");
    expect(reported(script.do(hold))).to.deep.equal([]);
    expect(reported(script.do({ type: "control-opened" }))).to.deep.equal([true]);
    expect(
      reported(inSituation("the caller connected").do({ type: "control-opened" })),
    ).to.deep.equal([]);
  });

  it("goes on being held while a path is lost and found, and ends like any other call", () => {
    const script = inSituation("the caller on hold");
    script.do(say.path("disconnected"));
    expect([script.model.state, script.model.hold.local]).to.deep.equal(["reconnecting", true]);
    script.do(say.path("connected"));
    expect([script.model.state, script.model.hold.local]).to.deep.equal(["connected", true]);
    script.do({ type: "hang-up" });
    expect([script.model.hold, script.model.record?.outcome]).to.deep.equal([
      { local: false, remote: false },
      "completed",
    ]);
  });
});

describe("a call that the other side holds", () => {
  it("shows that, switches nothing, and may be held from here as well", () => {
    const script = inSituation("the callee held by the caller");
    expect(toSnapshot(script.model).held).to.deep.equal({ local: false, remote: true });
    script.do(hold);
    expect(toSnapshot(script.model).held).to.deep.equal({ local: true, remote: true });
    script.do({ type: "control", message: { type: "hold", on: false } });
    expect(toSnapshot(script.model).held).to.deep.equal({ local: true, remote: false });
  });

  it("does nothing where it hears the same again", () => {
    const script = inSituation("the callee held by the caller");
    const before = script.model;
    expect(script.do({ type: "control", message: { type: "hold", on: true } })).to.deep.equal([]);
    expect(script.model).to.equal(before);
  });
});
