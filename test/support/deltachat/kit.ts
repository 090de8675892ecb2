import type { CallSnapshot } from "../../../src/call/snapshot.ts";
import type { CallNotice } from "../../../src/controller/call-source.ts";
import type { CallPorts } from "../../../src/controller/ports.ts";
import { DeltachatHost } from "../../../src/hosts/deltachat/deltachat-host.ts";
import type { ForeignOptions } from "../../../src/hosts/foreign/foreign-source.ts";
import { ConnectionSight } from "../connection-sight.ts";
import { drawnDevices, Player } from "../simplex-kit.ts";
import type { OpenPage } from "./app.ts";
import type { Arrived } from "./peer.ts";

/** The worker that knows frames as they are, as the test server serves it. */
export const transportWorkerUrl = new URL(
  "../../../src/crypto/worker/transport-worker.ts",
  import.meta.url,
).href;

export interface KitPageOptions extends ForeignOptions {
  readonly search?: string;
  readonly tone?: number;
  /** Timers of the page that ring at another time: milliseconds to milliseconds. */
  readonly timers?: Readonly<Record<number, number>>;
  /** `true` if it hears of a change of network. Two pages in one window would both take it for their own. */
  readonly hearsNetwork?: boolean;
}

/** Our page without a face, to be driven by an app of the test peer. It plays what a screen would play. */
export class KitPage {
  readonly sight = new ConnectionSight();
  readonly notices: CallNotice[] = [];
  readonly asked: readonly string[];
  readonly player = new Player();
  readonly open: OpenPage;
  #host: DeltachatHost | null = null;
  readonly #watchers = new Set<() => void>();

  constructor(options: KitPageOptions = {}) {
    const { search = "", tone = 880, timers = {}, hearsNetwork = true, ...others } = options;
    const { asked, devices } = drawnDevices(tone);
    this.asked = asked;
    const { sight } = this;
    const ports: CallPorts = {
      ...sight.ports,
      ...(!hearsNetwork && { watchNetwork: () => () => undefined }),
      setTimer: (milliseconds, ring) =>
        sight.ports.setTimer(timers[milliseconds] ?? milliseconds, ring),
    };
    this.open = (calls) => {
      const host = new DeltachatHost(
        calls,
        search,
        { workerUrl: transportWorkerUrl, mediaDevices: devices, ...others },
        ports,
      );
      this.#host = host;
      host.subscribe((notice) => {
        this.notices.push(notice);
        this.player.play(host.tracks);
        for (const watcher of this.#watchers) watcher();
      });
      return {
        takeHash: (hash) => void host.execute(hash),
        close: () => {
          host.close();
          this.player.stop();
        },
      };
    };
  }

  get host(): DeltachatHost {
    if (this.#host === null) throw new Error("the page is not open");
    return this.#host;
  }

  get isOpen(): boolean {
    return this.#host !== null;
  }

  /** Waits until the call is as the condition wants it; it is looked at after every notice. */
  async until(condition: (snapshot: CallSnapshot) => boolean): Promise<CallSnapshot> {
    while (this.#host === null) await new Promise((resolve) => setTimeout(resolve, 10));
    const host = this.#host;
    return new Promise((resolve) => {
      const look = () => {
        if (!condition(host.snapshot)) return;
        this.#watchers.delete(look);
        resolve(host.snapshot);
      };
      this.#watchers.add(look);
      look();
    });
  }

  async arrived(kind: "audio" | "video"): Promise<Arrived> {
    const nothing = { framesDecoded: 0, totalAudioEnergy: 0, bytesReceived: 0 };
    const stats = await this.sight.peer?.getStats();
    for (const entry of (stats?.values() ?? []) as Iterable<Record<string, unknown>>) {
      if (entry.type === "inbound-rtp" && entry.kind === kind)
        return { ...nothing, ...(entry as Partial<Arrived>) };
    }
    return nothing;
  }
}

/** Waits until a page decodes more of a kind than it has by now. */
export async function decodesMore(
  page: { arrived(kind: "audio" | "video"): Promise<Arrived> },
  kind: "audio" | "video",
): Promise<void> {
  const decoded = async () => {
    const { framesDecoded, totalAudioEnergy } = await page.arrived(kind);
    return framesDecoded + totalAudioEnergy;
  };
  const before = await decoded();
  while ((await decoded()) <= before) await new Promise((resolve) => setTimeout(resolve, 50));
}
