import { fixture, html } from "@open-wc/testing";
import type { CallSnapshot, SxCallView } from "sx-call-kit";
import "sx-call-kit/define";
import { CallPage } from "../../../src/hosts/bridge/call-page.ts";
import type { PageFact } from "../../../src/hosts/bridge/call-page.ts";
import { connectHost, type HostConnection } from "../../../src/hosts/bridge/connect-host.ts";
import { ann } from "../../../stories/support/contacts.ts";
import { fixedCalls } from "../../../stories/support/fixed-calls.ts";
import type { FixedCalls } from "../../../stories/support/fixed-calls.ts";
import { aSnapshot } from "../../../stories/support/snapshots.ts";
import { wire } from "./wire.ts";
import type { WireEnd } from "./wire.ts";
import { waitUntil } from "../wait-until.ts";

/** Messages to the host, by name. */
export type Reported = { [Fact in PageFact as Fact["type"]]: Fact["data"] };

/** A real view whose calls do what the test says, and a host at the other end of a wire. */
export class HostedCall {
  readonly view: SxCallView;
  readonly calls: FixedCalls;
  /** Sender of each message that the view received. */
  readonly senders: (string | undefined)[] = [];
  readonly ends = wire();
  /** Messages that the host received. */
  readonly facts: PageFact[] = [];
  #host: CallPage | undefined;
  #connection: HostConnection | undefined;

  private constructor(view: SxCallView, calls: FixedCalls) {
    this.view = view;
    this.calls = calls;
    const { receive } = calls;
    calls.receive = (message, from) => {
      this.senders.push(from);
      receive.call(calls, message, from);
    };
  }

  static async mount(snapshot: CallSnapshot = aSnapshot("idle")): Promise<HostedCall> {
    const calls = fixedCalls(snapshot);
    const view = await fixture<SxCallView>(
      html`<sx-call-view .contact=${ann} .calls=${calls}></sx-call-view>`,
    );
    return new HostedCall(view, calls);
  }

  /** Mounts, and joins both ends. */
  static async joined(snapshot?: CallSnapshot): Promise<HostedCall> {
    const hosted = await HostedCall.mount(snapshot);
    hosted.startPage();
    hosted.startHost();
    await hosted.untilReady();
    return hosted;
  }

  get host(): CallPage {
    if (this.#host === undefined) throw new Error("The host has not started.");
    return this.#host;
  }

  get connection(): HostConnection {
    if (this.#connection === undefined) throw new Error("The page has not started.");
    return this.#connection;
  }

  /** The page loads, or loads anew: nothing of the old one is left but the view, which is another one in the other page. */
  startPage(queueLimit?: number): void {
    this.#connection?.close();
    const options = { transport: this.ends.page, ...(queueLimit !== undefined && { queueLimit }) };
    this.#connection = connectHost(this.view, options);
  }

  /** The app starts, or starts anew. */
  startHost(queueLimit?: number, heard: (fact: PageFact) => void = () => undefined): void {
    this.#host?.close();
    const listener = (fact: PageFact) => {
      this.facts.push(fact);
      heard(fact);
    };
    this.#host = new CallPage(this.ends.host, listener, queueLimit);
  }

  async untilReady(): Promise<void> {
    await waitUntil(
      () => this.connection.isReady && this.types.includes("ready"),
      "the two have not met",
    );
  }

  async untilReported<Type extends keyof Reported>(type: Type): Promise<Reported[Type]> {
    await waitUntil(() => this.types.includes(type), `the host was not sent "${type}"`);
    return this.reported(type).at(-1)!;
  }

  /** Returns the messages of one name to the host, in order. */
  reported<Type extends keyof Reported>(type: Type): Reported[Type][] {
    // Of that type only: which the compiler cannot follow through a filter.
    return this.facts
      .filter((fact) => fact.type === type)
      .map(({ data }) => data as Reported[Type]);
  }

  get types(): PageFact["type"][] {
    return this.facts.map(({ type }) => type);
  }
}

/** Returns the message in a text, as the other end parses it. */
export function parsed(text: string | undefined): {
  type: string;
  data: Record<string, unknown>;
  id?: unknown;
  re?: unknown;
} {
  // A test looks at what its own page has written.
  return JSON.parse(text ?? "null") as { type: string; data: Record<string, unknown> };
}

/** Returns the messages of one name that a wire's end has posted. */
export function postedBy(end: WireEnd, type: string): Record<string, unknown>[] {
  return end.posted.map(parsed).flatMap((message) => (message.type === type ? [message.data] : []));
}
