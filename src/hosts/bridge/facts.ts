import type { CallStateName } from "../../call/terms.ts";
import type { PageMessage } from "./envelope.ts";
import type { HostedView } from "./hosted-view.ts";

/** What the page tells of its calls: neither an answer, nor of the talk between the two. */
type Fact = Exclude<PageMessage, { readonly type: "ok" | "error" | "ready" | "configured" }>;
type Tell = (
  fact: {
    [Type in Fact["type"]]: Pick<Extract<Fact, { type: Type }>, "type" | "data">;
  }[Fact["type"]],
) => void;

/** From dialling to the end, but not while it rings here: the system's own call screen keeps the device awake then. */
const running: readonly CallStateName[] = [
  "inviting",
  "ringing",
  "connecting",
  "connected",
  "reconnecting",
];

/**
 * Tells what happens in a view, in the order of its events.
 *
 * @param tellError takes what the view says of a failure, whoever's wish it was.
 * @returns tells again what goes on now, for a host that has come anew.
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
  on("sx-error", ({ detail }) => tellError(detail));
  on("sx-protection-changed", ({ detail }) => tell({ type: "protection-changed", data: detail }));
  on("sx-security-code-checked", ({ detail }) =>
    tell({ type: "security-code-checked", data: detail }),
  );
  on("sx-permission-needed", ({ detail }) => tell({ type: "permission-needed", data: detail }));
  on("sx-choose-route", ({ detail }) => tell({ type: "choose-route", data: detail }));
  on("sx-picture-in-picture", (event) => {
    if (view.smallWindow !== "host") return;
    event.preventDefault();
    tell({ type: "picture-in-picture", data: { wanted: event.detail.on } });
  });
  on("sx-call-back", (event) => {
    // Whether and whom to call is the host's to say: it may have to open its channel first.
    event.preventDefault();
    const { media, callId } = event.detail;
    tell({ type: "call-back", data: { media, ...(callId !== undefined && { callId }) } });
  });
  on("sx-close", () => tell({ type: "close", data: {} }));
  // The only moment at which a call can be noted that a new load of the page will want to resume.
  const onHide = () => running.includes(view.snapshot.state) && tellState();
  addEventListener("pagehide", onHide, { signal });

  return () => {
    ring = awake = false;
    followState();
  };
}
