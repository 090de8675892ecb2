import type { DeviceStatus } from "../../../src/call/state/devices.ts";
import { transitionSession } from "../../../src/hosts/deltachat/order.ts";
import { newSession } from "../../../src/hosts/deltachat/session.ts";
import type {
  DeltachatSession,
  HostCall,
  Peer,
  SessionEffect,
  SessionEvent,
} from "../../../src/hosts/deltachat/session.ts";
import type { host } from "./samples.ts";
import { answer, offer } from "./samples.ts";

type EffectOf<T extends SessionEffect["type"]> = Extract<SessionEffect, { type: T }>;
type StateName = "dialled" | "sent" | "ringing" | "accepted" | "answered" | "connected";

export const agreed = {
  confirm: { nonce: "nonce", mac: "mac" },
  securityCode: [1, 2, 3, 4, 5, 6, 7],
};

/** A call of which the test makes everything happen, and that remembers what it brought about. */
export class Script {
  session: DeltachatSession;
  readonly effects: SessionEffect[] = [];
  now = 1_000_000;

  constructor(video: DeltachatSession["video"] = "from-the-start", relayOnly = false) {
    this.session = newSession(video, {
      ...{ ringMilliseconds: 120_000, reconnectMilliseconds: 30_000, relayOnly },
      ...{ canShareScreen: true, canCallBack: false, unable: null },
    });
  }

  /** @returns what this one event has brought about. */
  happen(event: SessionEvent): readonly SessionEffect[] {
    const [session, effects] = transitionSession(this.session, event, this.now);
    this.session = session;
    this.effects.push(...effects);
    return effects;
  }

  device(device: "microphone" | "camera" | "screen", state: DeviceStatus["state"]): void {
    const problem = state === "failed" ? "permission-denied" : null;
    this.happen({ type: "device-changed", device, status: { state, problem }, facing: null });
  }

  found(...candidates: (typeof host)[]): readonly SessionEffect[] {
    return this.happen({ type: "candidates-found", candidates, end: candidates.length === 0 });
  }

  all<T extends SessionEffect["type"]>(type: T): EffectOf<T>[] {
    // The type is what was looked for.
    return this.effects.filter((effect) => effect.type === type) as EffectOf<T>[];
  }

  /** Calls to the host. */
  get reported(): HostCall[] {
    return this.all("notify-host").map(({ call }) => call);
  }

  /** Returns the messages on a channel. */
  on(id: 1 | 3 | 5) {
    return this.all("send-on-channel").flatMap(({ message }) =>
      message.id === id ? [message] : [],
    );
  }

  get state(): string {
    return this.session.call.state;
  }
}

const openDevices = (script: Script) => {
  for (const device of ["microphone", "camera"] as const) {
    if (!script.session.call.devices.wanted[device]) continue;
    script.device(device, "starting");
    script.device(device, "on");
  }
};

/** A call that has come so far, with this other side. */
export function scriptAt(
  state: StateName,
  role: "caller" | "callee",
  {
    peer = "deltachat",
    video = "from-the-start",
  }: { peer?: Peer; video?: ConstructorParameters<typeof Script>[0] } = {},
): Script {
  const script = new Script(video);
  const steps: [StateName, () => void][] =
    role === "caller"
      ? [
          ["dialled", () => script.happen({ type: "command", command: { type: "start" } })],
          [
            "sent",
            () => {
              openDevices(script);
              script.happen({ type: "described", sdp: offer, peer: "unknown" });
              script.found();
            },
          ],
          [
            "answered",
            () => {
              script.happen({ type: "command", command: { type: "answer", sdp: answer } });
              script.happen({ type: "answered", agreed: peer === "kit" ? agreed : null });
            },
          ],
        ]
      : [
          [
            "ringing",
            () => script.happen({ type: "command", command: { type: "incoming", sdp: offer } }),
          ],
          ["accepted", () => script.happen({ type: "accept", media: "video" })],
          [
            "answered",
            () => {
              openDevices(script);
              script.happen({ type: "described", sdp: answer, peer });
              script.found();
            },
          ],
        ];
  steps.push([
    "connected",
    () => {
      script.happen({ type: "control-opened" });
      for (const id of [1, 3, 5] as const) script.happen({ type: "channel-opened", id });
      script.happen({ type: "path-changed", path: "connected" });
    },
  ]);
  for (const [name, act] of steps) {
    act();
    if (name === state) return script;
  }
  throw new Error(`a ${role} is never ${state}`);
}
