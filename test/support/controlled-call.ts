import type { CallSettings } from "../../src/call/state/model.ts";
import type { CallRecord } from "../../src/call/record.ts";
import type { CallSnapshot } from "../../src/call/snapshot.ts";
import { CallController } from "../../src/controller/call-controller.ts";
import { callRuntime } from "../../src/controller/call-runtime.ts";
import { Lazy } from "../../src/controller/lazy.ts";
import type { CallNotice } from "../../src/controller/call-source.ts";
import type { NoticeCode } from "../../src/errors.ts";
import type { SignalMessage, SignalOf, SignalType } from "../../src/signalling/messages.ts";
import { settings } from "./call-script.ts";
import { callOptions } from "./call-options.ts";
import type { CallOptions } from "../../src/controller/call-options.ts";
import { FakePorts } from "./fake-ports.ts";
import { signal } from "./signals.ts";
import { settled } from "./virtual-clock.ts";

/** A promise that the test settles. */
export class Gate {
  readonly promise: Promise<void>;
  open!: () => void;
  refuse!: (reason: Error) => void;

  constructor() {
    this.promise = new Promise((resolve, reject) => {
      this.open = resolve;
      this.refuse = reject;
    });
    // The work that waits for it may have ended by then.
    this.promise.catch(() => undefined);
  }
}

/** Work that fails, whether or not somebody still waits for it. */
export function refusal(reason: Error): Promise<never> {
  const refused = Promise.reject(reason);
  refused.catch(() => undefined);
  return refused;
}

/** A controller over fakes, with everything that it said. */
export class ControlledCall {
  readonly ports = new FakePorts();
  readonly notices: CallNotice[] = [];
  readonly controller: CallController;
  #seq = 0;

  constructor(changes: Partial<CallSettings> = {}, options: CallOptions = callOptions) {
    this.controller = new CallController(
      this.ports,
      Lazy.of(callRuntime(this.ports)),
      { ...settings, ...changes },
      options,
      (notice) => {
        this.notices.push(notice);
      },
    );
  }

  get snapshot(): CallSnapshot {
    return this.controller.snapshot;
  }

  get sent(): SignalMessage[] {
    return this.notices.flatMap((notice) => (notice.type === "signal" ? [notice.message] : []));
  }

  get errors(): NoticeCode[] {
    return this.notices.flatMap((notice) => (notice.type === "error" ? [notice.error.code] : []));
  }

  get records(): CallRecord[] {
    return this.notices.flatMap((notice) => (notice.type === "ended" ? [notice.record] : []));
  }

  /** The other side says something, numbered on. */
  async hear<T extends SignalType>(type: T, changes: Partial<SignalOf<T>> = {}): Promise<void> {
    const { callId } = this.snapshot;
    const message = {
      ...signal(type),
      seq: this.#seq++,
      ...(callId === null ? { sentAt: this.ports.now() } : { callId }),
    };
    this.controller.receive({ ...message, ...changes });
    await settled();
  }

  async dial(media: "audio" | "video" = "audio"): Promise<void> {
    await this.controller.start(media);
  }

  async pathIs(
    path: Parameters<FakePorts["connection"]["listener"]["pathChanged"]>[0],
  ): Promise<void> {
    this.ports.connection.listener.pathChanged(path);
    await settled();
  }

  async connectAsCaller(): Promise<void> {
    await this.dial();
    await this.hear("accept");
    await this.pathIs("connected");
  }

  async connectAsCallee(): Promise<void> {
    await this.hear("invite");
    await this.controller.perform({ type: "accept", media: "audio" });
    await this.hear("confirm");
    await this.pathIs("connected");
  }
}

/** Functions that bring a call into each state. */
export const ways = {
  idle: async () => {},
  dialling: async (call: ControlledCall) => {
    call.ports.capture = "on request";
    void call.dial("video").catch(() => undefined);
    await settled();
  },
  inviting: (call: ControlledCall) => call.dial(),
  ringing: async (call: ControlledCall) => {
    await call.dial();
    await call.hear("ringing");
  },
  incoming: (call: ControlledCall) => call.hear("invite"),
  connecting: async (call: ControlledCall) => {
    await call.hear("invite");
    await call.controller.perform({ type: "accept", media: "audio" });
  },
  "connected as the caller": (call: ControlledCall) => call.connectAsCaller(),
  "connected as the callee": (call: ControlledCall) => call.connectAsCallee(),
  reconnecting: async (call: ControlledCall) => {
    await call.connectAsCaller();
    await call.pathIs("disconnected");
  },
  ended: async (call: ControlledCall) => {
    await call.connectAsCaller();
    await call.controller.perform({ type: "hang-up" });
  },
} as const satisfies Record<string, (call: ControlledCall) => Promise<void>>;

export type Way = keyof typeof ways;
export const wayNames = Object.keys(ways) as Way[];

export async function callIn(way: Way): Promise<ControlledCall> {
  const call = new ControlledCall();
  await ways[way](call);
  return call;
}
