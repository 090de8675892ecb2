import type { EndReason } from "../../src/call/terms.ts";
import type { CallOptions } from "../../src/controller/call-options.ts";
import { Side } from "./call-pair.ts";
import { FakePorts } from "./fake-ports.ts";
import { callId, signal } from "./signals.ts";
import { settled } from "./virtual-clock.ts";

/** One side over fakes, in a call whose other side is the test. */
export class BusySide extends Side {
  readonly ports: FakePorts;
  /** The device that the test speaks as; without one it is a kit from before there were several. */
  device: string | undefined;

  constructor(options: Partial<CallOptions> = {}, ports = new FakePorts()) {
    super(options, ports);
    this.ports = ports;
  }

  /** In the first call, connected. */
  static async inACall(
    options: Partial<CallOptions> = {},
    device?: string,
    from?: string,
  ): Promise<BusySide> {
    const side = new BusySide(options);
    side.device = device;
    await settled();
    await side.ring(callId, from);
    await side.source.perform({ type: "accept", media: "audio" });
    await side.prove(callId);
    side.ports.connection.listener.pathChanged("connected");
    side.ports.connection.listener.controlOpened();
    return side;
  }

  async hear(message: unknown, from?: string): Promise<void> {
    this.source.receive(message, from);
    await settled();
  }

  ring(id: string, from?: string): Promise<void> {
    return this.hear(
      signal("invite", {
        ...{ callId: id, sentAt: this.ports.now(), media: "audio" },
        ...this.#named,
      }),
      from,
    );
  }

  end(id: string, reason: EndReason = "cancelled"): Promise<void> {
    return this.hear(signal("end", { callId: id, seq: 9, reason, ...this.#named }));
  }

  async accept(id: string, active: "end" | "hold"): Promise<void> {
    await this.source.perform({ type: "accept-waiting", callId: id, media: "audio", active });
    await this.prove(id);
    this.ports.connection.listener.pathChanged("connected");
    await settled();
  }

  /** The caller proves its keys. */
  prove(id: string): Promise<void> {
    return this.hear(signal("confirm", { callId: id, seq: 1, ...this.#named }));
  }

  get #named() {
    return this.device === undefined ? {} : { device: this.device };
  }

  /** The calls as they are: the one that is shown first. */
  get calls(): string[] {
    return [this.snapshot, ...this.source.others].map(
      ({ callId: id, state, held }) =>
        `${(id ?? "none").slice(0, 6)} ${held.local ? "held" : state}`,
    );
  }

  get outcomes(): string[] {
    return this.records.map(({ callId: id, outcome }) => `${id.slice(0, 6)} ${outcome}`);
  }

  reported(type: "waiting" | "held" | "incoming"): unknown[] {
    return this.notices.filter((notice) => notice.type === type);
  }
}
