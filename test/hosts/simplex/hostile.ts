/** Where it is found in an answer, a value was leaked. */
export const marker = "S3CRET MARKER VALUE";

/** Values that JSON cannot express, and values that throw, grow or never end when read. */
export const hostile: Record<string, () => unknown> = {
  "a ring": () => {
    const ring: Record<string, unknown> = { type: "end" };
    ring.command = ring;
    return ring;
  },
  "a getter that throws": () => ({
    get command(): unknown {
      throw new Error(marker);
    },
    get corrId(): unknown {
      throw new Error(marker);
    },
  }),
  "a getter without end": () => {
    const endless = {
      get command(): unknown {
        return endless.command;
      },
    };
    return endless;
  },
  "a proxy that throws": () =>
    new Proxy(
      {},
      {
        ownKeys: () => {
          throw new RangeError(marker);
        },
        getPrototypeOf: () => {
          throw new RangeError(marker);
        },
      },
    ),
  "a revoked proxy": () => {
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    return proxy;
  },
  "a proxy without end": () => {
    const endless = (): object => new Proxy({ command: 1, type: 1 }, { get: endless });
    return endless();
  },
  "a function that looks like a message": () =>
    Object.assign(() => 1, { command: { type: "end" } }),
  "an object that throws when it becomes a text": () => ({
    command: {
      type: {
        toString: () => {
          throw new Error(marker);
        },
      },
    },
  }),
};
