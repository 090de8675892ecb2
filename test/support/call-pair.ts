import type { CallRecord } from "../../src/call/record.ts";
import type { CallSnapshot } from "../../src/call/snapshot.ts";
import type { Conversation } from "../../src/call/rules/text.ts";
import type { CallStateName } from "../../src/call/terms.ts";
import { browserPorts } from "../../src/controller/browser-ports.ts";
import { CallCenter } from "../../src/controller/call-center.ts";
import { callRuntime, type CallRuntime } from "../../src/controller/call-runtime.ts";
import type { CallNotice, CallSource } from "../../src/controller/call-source.ts";
import { Lazy } from "../../src/controller/lazy.ts";
import type { CallPorts } from "../../src/controller/ports.ts";
import type { CallOptions } from "../../src/controller/call-options.ts";
import type { NoticeCode } from "../../src/errors.ts";
import type { SignalMessage } from "../../src/signalling/messages.ts";
import { callOptions } from "./call-options.ts";

/** By this name each side's host knows the other one. */
export const peerName = "peer";

/** Processes a message in transit to the other side. `null` loses it. */
export type Channel = (message: SignalMessage) => unknown;

/** The calls of one screen over these ports, which are all there from the beginning. */
export function callCenterOver(
  options: Partial<CallOptions>,
  ports: CallPorts,
  runtime: Lazy<CallRuntime> = Lazy.of(callRuntime(ports)),
): CallCenter {
  return new CallCenter(() => ({ ...callOptions, ...options }), ports, runtime);
}

/** One of two real call sources in this page, with everything it said. */
export class Side {
  readonly source: CallSource;
  readonly notices: CallNotice[] = [];
  readonly #watchers = new Set<() => void>();

  constructor(
    options: Partial<CallOptions> = {},
    ports: CallPorts = browserPorts,
    runtime?: Lazy<CallRuntime>,
  ) {
    this.source = callCenterOver(options, ports, runtime);
    this.source.subscribe((notice) => {
      this.notices.push(notice);
      for (const watcher of this.#watchers) watcher();
    });
  }

  get snapshot(): CallSnapshot {
    return this.source.snapshot;
  }

  get records(): CallRecord[] {
    return this.notices.flatMap((notice) => (notice.type === "ended" ? [notice.record] : []));
  }

  get errors(): NoticeCode[] {
    return this.notices.flatMap((notice) => (notice.type === "error" ? [notice.error.code] : []));
  }

  get sent(): SignalMessage[] {
    return this.notices.flatMap((notice) => (notice.type === "signal" ? [notice.message] : []));
  }

  /** Waits until this side's call is as the condition wants it; it is looked at after every notice. */
  until(condition: (snapshot: CallSnapshot) => boolean): Promise<CallSnapshot> {
    return new Promise((resolve) => {
      const look = () => {
        if (!condition(this.snapshot)) return;
        this.#watchers.delete(look);
        resolve(this.snapshot);
      };
      this.#watchers.add(look);
      look();
    });
  }

  /** Waits until the text of this side's call is so. */
  async untilText(isSo: (conversation: Conversation) => boolean): Promise<Conversation> {
    for (;;) {
      const conversation = this.source.text?.conversation;
      if (conversation !== undefined && isSo(conversation)) return conversation;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  untilState(state: CallStateName): Promise<CallSnapshot> {
    return this.until((snapshot) => snapshot.state === state);
  }
}

/** Two sides joined by a channel, as two hosts would join them. */
export class CallPair {
  readonly a: Side;
  readonly b: Side;

  constructor(options: { a?: Side; b?: Side; fromA?: Channel; fromB?: Channel } = {}) {
    this.a = options.a ?? new Side();
    this.b = options.b ?? new Side();
    join(this.a, this.b, options.fromA);
    join(this.b, this.a, options.fromB);
  }

  /** Calls and accepts, and waits until both are connected and each has opened a frame of the other. */
  async connect(media: "audio" | "video" = "audio"): Promise<void> {
    await this.a.source.perform({ type: "start", media });
    await this.b.untilState("incoming");
    await this.b.source.perform({ type: "accept", media });
    const isProtected = (snapshot: CallSnapshot) =>
      snapshot.state === "connected" && snapshot.protection.since !== null;
    await Promise.all([this.a.until(isProtected), this.b.until(isProtected)]);
  }

  close(): void {
    this.a.source.close();
    this.b.source.close();
  }
}

function join(from: Side, to: Side, channel: Channel = (message) => message): void {
  from.source.subscribe((notice) => {
    if (notice.type !== "signal") return;
    const delivered = channel(notice.message);
    // As text, like over any real channel: nothing of one side's objects reaches the other.
    if (delivered !== null)
      setTimeout(() => to.source.receive(JSON.parse(JSON.stringify(delivered)), peerName));
  });
}
