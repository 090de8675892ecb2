import type { CallStateName } from "../../call/terms.ts";
import type { PageMessage } from "./envelope.ts";
import type { HostedView } from "./host-settings.ts";

/** Messages about calls: neither answers nor part of the handshake. */
type Fact = Exclude<PageMessage, { readonly type: "ok" | "error" | "ready" | "configured" }>;
type Tell = (
  fact: {
    [Type in Fact["type"]]: Pick<Extract<Fact, { type: Type }>, "type" | "data">;
  }[Fact["type"]],
) => void;

/** States from dialling to the end. An incoming call is excluded: the system's own call screen keeps the device awake then. */
const running: readonly CallStateName[] = [
  "inviting",
  "ringing",
  "connecting",
  "connected",
  "reconnecting",
];

/** Bytes of a note in one message: a megabyte as base64. */
const noteBytes = 786_432;

/** A recording does not go over JSON text. It is sent as base64 (RFC 4648 section 4), in parts of a bounded size and in their order. */
async function tellNote(
  { callId, blob, mimeType, durationMs }: GlobalEventHandlersEventMap["sx-note"]["detail"],
  tell: Tell,
): Promise<void> {
  const parts = Math.max(1, Math.ceil(blob.size / noteBytes));
  for (let part = 0; part < parts; part++) {
    const piece = blob.slice(part * noteBytes, (part + 1) * noteBytes);
    const bytes = new Uint8Array(await piece.arrayBuffer());
    let text = "";
    // As arguments of one call they would be too many.
    for (let at = 0; at < bytes.length; at += 8192)
      text += String.fromCharCode(...bytes.subarray(at, at + 8192));
    tell({ type: "note", data: { callId, mimeType, durationMs, part, parts, base64: btoa(text) } });
  }
}

/**
 * Sends the events of a view to the host, in their order.
 *
 * @param tellError receives every failure that the view reports.
 * @returns a function that repeats the present state, for a new host.
 */
export function tellFacts(
  view: HostedView,
  tell: Tell,
  tellError: (error: { readonly code: string; readonly message: string }) => void,
  signal: AbortSignal,
): () => void {
  const on = <Name extends keyof GlobalEventHandlersEventMap>(
    name: Name,
    listener: (event: GlobalEventHandlersEventMap[Name]) => void,
  ) => {
    view.addEventListener(name, listener, { signal });
  };
  let ring = false;
  let awake = false;
  const followState = () => {
    const { state } = view.snapshot;
    if (ring !== (state === "incoming")) tell({ type: "ring", data: { on: (ring = !ring) } });
    if (awake !== running.includes(state))
      tell({ type: "keep-awake", data: { on: (awake = !awake) } });
  };
  const tellState = () => {
    const { snapshot } = view;
    tell({ type: "state-changed", data: { state: snapshot.state, snapshot } });
  };

  on("sx-signal", ({ detail: { message } }) => tell({ type: "signal", data: { message } }));
  on("sx-state-changed", () => {
    tellState();
    followState();
  });
  on("sx-incoming", ({ detail: { callId, media } }) =>
    tell({ type: "incoming", data: { callId, media } }),
  );
  on("sx-call-waiting", ({ detail: { callId, media } }) =>
    tell({ type: "call-waiting", data: { callId, media } }),
  );
  on("sx-call-held", ({ detail }) => tell({ type: "call-held", data: detail }));
  on("sx-call-ended", ({ detail: { record, continuity } }) =>
    tell({
      type: "call-ended",
      data: {
        record,
        ...(continuity && { continuity: btoa(String.fromCharCode(...continuity)) }),
      },
    }),
  );
  on("sx-transcript", ({ detail: { callId, messages } }) =>
    tell({ type: "transcript", data: { callId, messages: [...messages] } }),
  );
  on("sx-note", ({ detail }) => {
    void tellNote(detail, tell).catch(() => {
      tellError({ code: "internal", message: "A note could not be read." });
    });
  });
  on("sx-error", ({ detail }) => tellError(detail));
  on("sx-protection-changed", ({ detail }) => tell({ type: "protection-changed", data: detail }));
  on("sx-security-code-checked", ({ detail }) =>
    tell({ type: "security-code-checked", data: detail }),
  );
  on("sx-permission-needed", ({ detail }) => tell({ type: "permission-needed", data: detail }));
  on("sx-set-volume", ({ detail }) => tell({ type: "set-volume", data: detail }));
  on("sx-choose-route", ({ detail }) => tell({ type: "choose-route", data: detail }));
  on("sx-picture-in-picture", (event) => {
    if (view.smallWindow !== "host") return;
    event.preventDefault();
    tell({ type: "picture-in-picture", data: { wanted: event.detail.on } });
  });
  on("sx-call-back", (event) => {
    // The host calls back: it may have to open its channel first.
    event.preventDefault();
    const { media, callId } = event.detail;
    tell({ type: "call-back", data: { media, ...(callId !== undefined && { callId }) } });
  });
  on("sx-close", () => tell({ type: "close", data: {} }));
  // Last chance to save the snapshot from which a reloaded page resumes.
  const onHide = () => running.includes(view.snapshot.state) && tellState();
  addEventListener("pagehide", onHide, { signal });

  return () => {
    ring = awake = false;
    followState();
  };
}
