/** The messenger's own secure channel, as the call kit sees it: it carries messages to the other side and reads none. */
export interface Channel {
  send(message: unknown): void;
  receive(listener: (message: unknown) => void): void;
}

/** Two ends in one page. A message takes as long as `delay` says at the time, in milliseconds, and none overtakes another. */
export function createPagePair(delay: () => number): readonly [Channel, Channel] {
  const listeners: ((message: unknown) => void)[] = [() => undefined, () => undefined];
  const end = (own: number): Channel => {
    let due = 0;
    return {
      send(message) {
        // A copy, so that the phones share no objects.
        const copy: unknown = structuredClone(message);
        due = Math.max(due, performance.now() + delay());
        setTimeout(() => listeners[1 - own]?.(copy), due - performance.now());
      },
      receive(listener) {
        listeners[own] = listener;
      },
    };
  };
  return [end(0), end(1)];
}

/** One end in this tab, the other in another tab of the same browser. */
export function createTabChannel(delay: () => number): Channel {
  const channel = new BroadcastChannel("sx-call-kit demo");
  return {
    send(message) {
      setTimeout(() => {
        channel.postMessage(message);
      }, delay());
    },
    receive(listener) {
      channel.addEventListener("message", ({ data }) => {
        listener(data);
      });
    },
  };
}
