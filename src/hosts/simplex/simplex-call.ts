import type { CallSettings } from "../../call/state/settings.ts";
import type { CallNotice } from "../../controller/call-source.ts";
import type { EffectHandlers } from "../../controller/effect-handlers.ts";
import type { CallOptions, CallPorts } from "../../controller/ports.ts";
import { ForeignCall } from "../foreign/foreign-call.ts";
import type { CommonEffect, ForeignParts } from "../foreign/foreign-call.ts";
import type { SimplexCandidate, SimplexCommand, SimplexResponse } from "./messages.ts";
import { transitionSession } from "./order.ts";
import { newSession } from "./session.ts";
import type {
  CommandId,
  SessionEffect,
  SessionEvent,
  SessionTimer,
  SimplexSession,
  SimplexSettings,
} from "./session.ts";
import { SetUpRunner } from "./set-up-runner.ts";
import type { SetUpEffect } from "./set-up-runner.ts";
import type { SpareParts } from "./spare-parts.ts";

/** The protocol's own effects. */
type OwnEffect = Exclude<SessionEffect, CommonEffect>;

/** One call between two SimpleX apps. */
export type SimplexCall = ForeignCall<SimplexSession, SessionEvent, OwnEffect>;

/** Receives messages for the host and notices for the screen. */
export interface SimplexCallListener {
  reply(id: CommandId, resp: SimplexResponse): void;
  /** @param command the synthetic command of SimpleX's page. */
  tell(resp: SimplexResponse, command?: SimplexCommand): void;
  notify(notice: CallNotice): void;
}

/** Makes a call: the order of SimpleX's protocol on the rules and resources that every call has. */
export function simplexCall(
  ports: CallPorts,
  spares: SpareParts,
  options: CallOptions,
  parts: {
    readonly settings: SimplexSettings;
    readonly callSettings: CallSettings;
    readonly role: "caller" | "callee";
    /** Candidates of the other side that came before this call. */
    readonly early?: readonly SimplexCandidate[];
  },
  listener: SimplexCallListener,
): SimplexCall {
  return new ForeignCall<SimplexSession, SessionEvent, OwnEffect>(
    { ...ports, createCipher: (told) => spares.takeCipher(told) },
    options,
    {
      session: newSession(parts.settings, parts.callSettings, parts.role, parts.early),
      transition: transitionSession,
      handlers: (own) => ({
        ...new SetUpRunner(ports, spares, own.resources, own.dispatch).handlers,
        ...hostHandlers(own, listener),
      }),
      // The session starts no others.
      tick: (name) => ({ type: "tick", name: name as SessionTimer }),
    },
    listener.notify,
  );
}

/** The effects that concern the host, and what it is told of. */
function hostHandlers(
  { resources, dispatch }: ForeignParts<SessionEvent>,
  listener: SimplexCallListener,
): EffectHandlers<Exclude<OwnEffect, SetUpEffect>> {
  const readPair = async () => {
    const pair = (await resources.connection?.selectedPair().catch(() => null)) ?? null;
    dispatch({ type: "pair-read", pair });
  };
  const poll = async (isEarly: boolean) => {
    const bytes = await resources.connection?.receivedBytes().catch(() => null);
    if (bytes) dispatch({ type: "polled", bytes, isEarly });
  };
  return {
    reply: ({ id, resp }) => {
      listener.reply(id, resp);
    },
    tell: ({ resp, command }) => {
      listener.tell(resp, command);
    },
    "tell-states": () => {
      const states = resources.connection?.states;
      if (states !== undefined) dispatch({ type: "states-changed", states });
    },
    "place-microphone": ({ on }) => {
      const track = on ? resources.localTrack("microphone") : null;
      void resources.place(0, track).catch(() => undefined);
    },
    "read-pair": () => void readPair(),
    poll: ({ isEarly }) => void poll(isEarly),
  };
}
