import type { SignalMessage, SignalOf } from "../../src/signalling/messages.ts";
import { InitiatorAgreement } from "../../src/crypto/agreement/key-agreement.ts";
import { randomBytes, toBase64url } from "../../src/crypto/base64url.ts";
import type { Side } from "./call-pair.ts";
import { description } from "./signals.ts";

/** As any channel delivers it. */
export const asText = (message: unknown): unknown => JSON.parse(JSON.stringify(message));

/** Waits for a condition without a notice. */
export async function eventually(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 20));
}

/** Long enough for anything that would happen automatically to have begun: messages are handled within a few turns. */
export async function aMoment(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 300));
}

/** Returns the invitation of a third page without a receiver: all its messages go to the attacker, who chooses what to send. */
export async function invitationOf(stranger: Side): Promise<SignalOf<"invite">> {
  await stranger.source.perform({ type: "start", media: "audio" });
  await eventually(() => stranger.sent.some(({ type }) => type === "invite"));
  return stranger.sent.find((message) => message.type === "invite")!;
}

/** An invitation of somebody who writes messages by hand, with keys of their own. */
export async function handmadeInvitation(
  changes: Partial<SignalOf<"invite">> = {},
): Promise<{ readonly invite: SignalOf<"invite">; readonly agreement: InitiatorAgreement }> {
  const callId = toBase64url(randomBytes(16));
  const agreement = await InitiatorAgreement.create({ callId, media: "audio" });
  const invite: SignalOf<"invite"> = {
    ...{ protocol: "sx-call/1", callId, seq: 0, type: "invite", media: "audio" },
    ...{ sentAt: Date.now(), offer: description(), ...agreement.share },
    device: toBase64url(randomBytes(16)),
    ...changes,
  };
  return { invite, agreement };
}

/** Returns the number of accepts of a side, including those of its person. */
export function acceptsOf({ sent }: { readonly sent: readonly SignalMessage[] }): number {
  return sent.filter(({ type }) => type === "accept").length;
}
