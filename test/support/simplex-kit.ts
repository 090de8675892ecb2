import type { CallNotice } from "../../src/controller/call-source.ts";
import type { CallSnapshot } from "../../src/call/snapshot.ts";
import { SimplexHost } from "../../src/hosts/simplex/simplex-host.ts";
import type { SimplexHostOptions } from "../../src/hosts/simplex/simplex-host.ts";
import type { OpenPage } from "./simplex/doors.ts";

/** The worker that knows the other app's frames, as the test server serves it. */
export const compatibleWorkerUrl = new URL("../../src/crypto/compatible-worker.ts", import.meta.url).href;

/** Our page without a face, to be driven by an app of the test peer. */
export interface KitPage {
  readonly open: OpenPage;
  readonly host: SimplexHost;
  readonly notices: CallNotice[];
  /** Waits until the call is as the condition wants it; it is looked at after every notice. */
  until(condition: (snapshot: CallSnapshot) => boolean): Promise<CallSnapshot>;
}

export function kitPage(options: SimplexHostOptions = {}): KitPage {
  let host: SimplexHost | null = null;
  const notices: CallNotice[] = [];
  const watchers = new Set<() => void>();
  return {
    open({ receive }) {
      const own = new SimplexHost((message) => queueMicrotask(() => receive(JSON.parse(JSON.stringify(message)))), {
        workerUrl: compatibleWorkerUrl,
        ...options,
      });
      own.subscribe((notice) => {
        notices.push(notice);
        for (const watcher of watchers) watcher();
      });
      host = own;
      return {
        processCommand: (message) => own.processCommand(JSON.parse(JSON.stringify(message))),
        firstRemoteMedia: (media) => firstRemoteMedia(own, media),
        close: () => own.close(),
      };
    },
    get host() {
      if (host === null) throw new Error("the page is not open");
      return host;
    },
    notices,
    until(condition) {
      return new Promise((resolve) => {
        const look = () => {
          if (host === null || !condition(host.snapshot)) return;
          watchers.delete(look);
          resolve(host.snapshot);
        };
        watchers.add(look);
        look();
      });
    },
  };
}

/** When the first sound was opened, or the first picture: the track is then there to be played. Milliseconds since the epoch. */
function firstRemoteMedia(host: SimplexHost, media: "audio" | "video"): Promise<number> {
  return new Promise((resolve) => {
    const look = () => {
      const { remoteCamera, remoteMicrophone } = host.tracks;
      if ((media === "video" ? remoteCamera : remoteMicrophone) === null) return;
      leave();
      resolve(performance.timeOrigin + performance.now());
    };
    const leave = host.subscribe(look);
  });
}
