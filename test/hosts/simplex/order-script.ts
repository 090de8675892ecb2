import { transitionSession } from "../../../src/hosts/simplex/order.ts";
import type { DeviceStatus } from "../../../src/call/state/devices.ts";
import type { PathState } from "../../../src/call/terms.ts";
import type { ConnectionStates } from "../../../src/media/connection/connection.ts";
import type { SimplexCommand, SimplexResponse } from "../../../src/hosts/simplex/messages.ts";
import { newSession } from "../../../src/hosts/simplex/session.ts";
import type {
  CommandId,
  PeerTraits,
  SessionEffect,
  SessionEvent,
  SimplexSession,
  Stage,
} from "../../../src/hosts/simplex/session.ts";
import { candidates, keyBytes, sdp } from "./wire.ts";

type CommandType = SimplexCommand["type"];
type CommandOf<T extends CommandType> = Extract<SimplexCommand, { type: T }>;

const aesKey = Uint8Array.from(keyBytes);
const setup = { media: "video", aesKey, iceServers: null, relay: false, reconnect: false } as const;

/** One good command of every type, unpacked. */
export const commands: { readonly [T in CommandType]: CommandOf<T> } = {
  capabilities: { type: "capabilities", media: "video" },
  start: { type: "start", ...setup },
  offer: { type: "offer", offer: { type: "offer", sdp }, iceCandidates: candidates, ...setup },
  answer: { type: "answer", answer: { type: "answer", sdp }, iceCandidates: candidates },
  ice: { type: "ice", iceCandidates: candidates },
  media: { type: "media", source: "mic", enable: false },
  camera: { type: "camera", camera: "environment" },
  description: { type: "description", state: "connecting…", description: "" },
  layout: { type: "layout", layout: "remoteVideo" },
  permission: { type: "permission", title: "", chrome: "", safari: "" },
  end: { type: "end" },
};
export const commandTypes = Object.keys(commands) as CommandType[];

export const simplexPeer: PeerTraits = { peer: "simplex", isOld: false, sendsPicture: true };
export const kitPeer: PeerTraits = { peer: "kit", isOld: false, sendsPicture: true };
/** The version before screens, in a call with sound alone. */
export const oldPeer: PeerTraits = { peer: "simplex", isOld: true, sendsPicture: false };

export const confirm = { nonce: "nonce", mac: "mac" };
export const code = [1, 2, 3, 4, 5, 6, 7];
export const found = candidates.map(({ candidate, sdpMid, sdpMLineIndex }) => ({
  ...{ candidate, sdpMid, sdpMLineIndex, usernameFragment: "4Qd9" },
}));

export interface ScriptOptions {
  readonly canEncrypt?: boolean;
  readonly requireKey?: boolean;
}

type EffectOf<T extends SessionEffect["type"]> = Extract<SessionEffect, { type: T }>;

/** A call of which the test makes everything happen, and that remembers what it brought about. */
export class Script {
  session: SimplexSession;
  readonly effects: SessionEffect[] = [];
  now = 1_000_000;
  #ids: CommandId = 0;

  constructor(
    role: "caller" | "callee",
    { canEncrypt = true, requireKey = false }: ScriptOptions = {},
  ) {
    const settings = {
      ...{ ringMilliseconds: 60_000, reconnectMilliseconds: 30_000, relayOnly: false },
      ...{ canShareScreen: true, canCallBack: false, unable: null },
    };
    this.session = newSession({ canEncrypt, requireKey }, settings, role);
  }

  /** @returns what this one event has brought about. */
  happen(event: SessionEvent): readonly SessionEffect[] {
    const [session, effects] = transitionSession(this.session, event, this.now);
    this.session = session;
    this.effects.push(...effects);
    return effects;
  }

  /** @returns the number of the command. */
  command<T extends CommandType>(type: T, changes: Partial<CommandOf<T>> = {}): CommandId {
    const id = this.#ids++;
    this.happen({ type: "command", id, command: { ...commands[type], ...changes } });
    return id;
  }

  device(
    device: "microphone" | "camera" | "screen",
    state: DeviceStatus["state"],
    problem: DeviceStatus["problem"] = null,
  ): void {
    this.happen({ type: "device-changed", device, status: { state, problem }, facing: null });
  }

  /** The devices of the call have opened. */
  open(): void {
    for (const device of ["microphone", "camera"] as const) {
      if (!this.session.call.devices.wanted[device]) continue;
      this.device(device, "starting");
      this.device(device, "on");
    }
  }

  /** Everything of one type so far. */
  all<T extends SessionEffect["type"]>(type: T): EffectOf<T>[] {
    // The type is what was looked for.
    return this.effects.filter((effect) => effect.type === type) as EffectOf<T>[];
  }

  /** The replies to one command. */
  replies(id: CommandId): SimplexResponse[] {
    return this.all("reply").flatMap((effect) => (effect.id === id ? [effect.resp] : []));
  }

  /** Unsolicited messages to the host. */
  get reported(): SimplexResponse[] {
    return this.all("tell").map(({ resp }) => resp);
  }

  timer(name: "reconnect" | "connect"): void {
    this.happen({ type: "timer", name });
  }

  path(path: "connected" | "disconnected" | "failed"): void {
    this.happen({ type: "path-changed", path });
  }

  /** One of the transport's four states has changed: the others are those of a connection that gathers. */
  states(connectionState: RTCPeerConnectionState, others: Partial<ConnectionStates> = {}): void {
    const states: ConnectionStates = {
      connectionState,
      iceConnectionState: connectionState === "connecting" ? "checking" : connectionState,
      iceGatheringState: "gathering",
      signalingState: "stable",
      ...others,
    };
    this.happen({ type: "states-changed", states });
  }

  /** The transport has changed its `connectionState`, as an engine tells it: the path, then the states. */
  transport(state: PathState, others: Partial<ConnectionStates> = {}): void {
    this.happen({ type: "path-changed", path: state });
    this.states(state, others);
  }

  /** The `connectionState` of every `connection` that was reported to the app. */
  get connections(): string[] {
    return this.reported.flatMap((resp) =>
      resp.type === "connection" ? [resp.state.connectionState] : [],
    );
  }
}

const ready = (script: Script, traits: PeerTraits | null) => {
  script.happen({ type: "described", sdp, traits });
  script.happen({ type: "candidates-found", candidates: found, end: false });
};

/** There is a path; another kit whose offer was answered here has proved its keys. */
export function connect(script: Script): void {
  script.path("connected");
  if (script.session.call.keys.needsProof) script.happen({ type: "confirmed", securityCode: code });
}

/** A call that has come so far, with this other side. */
export function scriptAt(
  role: "caller" | "callee",
  stage: Stage | "connected" | "ended",
  {
    traits = simplexPeer,
    media = "video",
    reconnect = false,
    ...options
  }: ScriptOptions & { traits?: PeerTraits; media?: "audio" | "video"; reconnect?: boolean } = {},
): Script {
  const script = new Script(role, options);
  const steps: [Stage | "connected" | "ended", () => void][] =
    role === "caller"
      ? [
          ["capturing", () => script.command("capabilities", { media })],
          ["invited", () => script.open()],
          ["describing", () => script.command("offer", { media, reconnect })],
          ["negotiated", () => ready(script, traits)],
        ]
      : [
          [
            "describing",
            () => {
              script.command("start", { media, reconnect });
              script.open();
            },
          ],
          ["described", () => ready(script, null)],
          ["answering", () => script.command("answer")],
          [
            "negotiated",
            () => {
              const isKit = traits.peer === "kit";
              script.happen({
                type: "answered",
                traits,
                confirm: isKit ? confirm : null,
                code: isKit ? code : null,
              });
            },
          ],
        ];
  steps.push(["connected", () => connect(script)], ["ended", () => script.command("end")]);
  for (const [name, act] of steps) {
    act();
    if (name === stage) return script;
  }
  throw new Error(`a ${role} is never ${stage}`);
}
