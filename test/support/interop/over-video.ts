import { html, render } from "lit";
import { styleMap } from "lit/directives/style-map.js";
import "sx-call-kit/define";
import type { SxCallView } from "sx-call-kit";
import { ann } from "../../../stories/support/contacts.ts";
import { plainTrack } from "../../../stories/support/drawn-tracks.ts";
import { fixedCalls } from "../../../stories/support/fixed-calls.ts";
import { aSnapshot, aWaitingCall } from "../../../stories/support/snapshots.ts";
import { measure } from "../readability.ts";

const off = { state: "off", problem: null } as const;

/** Shows a video call whose picture is of one colour, with everything that can stand over it. */
async function show(colour: string): Promise<void> {
  const snapshot = aSnapshot("connected", "video", {
    local: { microphone: off, camera: off, screen: off, facing: null },
    remote: { known: true, microphone: false, camera: true, screen: false },
  });
  const size = { position: "fixed", inset: "0", fontFamily: "sans-serif" };
  render(
    html`<div style=${styleMap(size)}>
      <sx-call-view
        .contact=${ann}
        .calls=${fixedCalls(snapshot, { remoteCamera: plainTrack(colour) }, [aWaitingCall("audio")])}
      ></sx-call-view>
    </div>`,
    document.body,
  );
  const view = document.querySelector<SxCallView>("sx-call-view")!;
  await view.updateComplete;
  const video = view.shadowRoot!.querySelector("video")!;
  await new Promise((resolve) => video.requestVideoFrameCallback(resolve));
}

const page = { show, measure };
export type OverVideoPage = typeof page;
Object.assign(globalThis, { overVideo: page });
