import type { CallStateName } from "../../call/snapshot.ts";
import type { CallNotice } from "../../controller/call-source.ts";
import { SxCallEndedEvent } from "../../events/sx-call-ended.ts";
import { SxErrorEvent } from "../../events/sx-error.ts";
import type { SxFactEvent } from "../../events/sx-event.ts";
import { SxIncomingEvent } from "../../events/sx-incoming.ts";
import { SxSignalEvent } from "../../events/sx-signal.ts";
import { SxStateChangedEvent } from "../../events/sx-state-changed.ts";

/** What the page is told of a notice of the calls; `null` where a change is for the screen alone. */
export function factOf(notice: CallNotice, state: CallStateName): SxFactEvent<unknown> | null {
  switch (notice.type) {
    case "changed":
      return state === notice.previous.state ? null : new SxStateChangedEvent({ state, previous: notice.previous.state });
    case "signal":
      return new SxSignalEvent({ message: notice.message });
    case "incoming":
      return new SxIncomingEvent({ callId: notice.callId, media: notice.media });
    case "ended":
      return new SxCallEndedEvent({ record: notice.record });
    case "error":
      return new SxErrorEvent({ code: notice.error.code, message: notice.error.message });
  }
}
