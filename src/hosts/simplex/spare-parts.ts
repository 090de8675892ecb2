import type { CallPorts, CipherPort, InitiatorPort } from "../../controller/ports.ts";

type CipherListener = Parameters<CallPorts["createCipher"]>[0];
type CipherOptions = Parameters<CallPorts["createCipher"]>[1];
type Media = "audio" | "video";

/** The callee's half of an agreement between kits, with the call that it is bound to. */
export interface SpareInitiator {
  readonly callId: string;
  readonly initiator: InitiatorPort;
}

/**
 * Prepares local parts before a call: the frame worker, and the key shares of an offer. A callee's offer would wait for both.
 * Each is used for one call only.
 */
export class SpareParts {
  readonly #ports: CallPorts;
  readonly #cipherOptions: CipherOptions;
  #cipher: { readonly cipher: CipherPort; listener: CipherListener | null } | null = null;
  readonly #initiators = new Map<Media, Promise<SpareInitiator>>();
  #isClosed = false;

  constructor(ports: CallPorts, cipherOptions: CipherOptions) {
    this.#ports = ports;
    this.#cipherOptions = cipherOptions;
  }

  /** Creates missing parts. */
  refill(): void {
    if (this.#isClosed) return;
    this.#cipher ??= this.#spareCipher();
    for (const media of ["audio", "video"] as const) {
      if (!this.#initiators.has(media)) this.#initiators.set(media, this.#newInitiator(media));
    }
  }

  takeCipher(listener: CipherListener): CipherPort {
    const spare = this.#cipher;
    if (spare === null) return this.#ports.createCipher(listener, this.#cipherOptions);
    this.#cipher = null;
    spare.listener = listener;
    return spare.cipher;
  }

  /** @throws the error of creating key shares. */
  takeInitiator(media: Media): Promise<SpareInitiator> {
    const spare = this.#initiators.get(media) ?? this.#newInitiator(media);
    this.#initiators.delete(media);
    return spare;
  }

  close(): void {
    this.#isClosed = true;
    this.#cipher?.cipher.close();
    this.#cipher = null;
    for (const spare of this.#initiators.values())
      void spare.then(
        ({ initiator }) => {
          initiator.release();
        },
        () => undefined,
      );
    this.#initiators.clear();
  }

  #spareCipher() {
    const spare: { cipher: CipherPort; listener: CipherListener | null } = {
      listener: null,
      cipher: this.#ports.createCipher(
        {
          opened: (track) => spare.listener?.opened(track),
          lost: () => {
            // Losing an unused one has no consequence.
            if (spare.listener !== null) spare.listener.lost();
            else this.#drop(spare.cipher);
          },
        },
        this.#cipherOptions,
      ),
    };
    spare.cipher.ready.catch(() => {
      this.#drop(spare.cipher);
    });
    return spare;
  }

  #drop(cipher: CipherPort): void {
    if (this.#cipher?.cipher !== cipher) return;
    cipher.close();
    this.#cipher = null;
  }

  #newInitiator(media: Media): Promise<SpareInitiator> {
    const callId = this.#ports.newCallId();
    const made = this.#ports
      .createInitiator({ callId, media })
      .then((initiator) => ({ callId, initiator }));
    // Handled by the caller that takes it.
    made.catch(() => undefined);
    return made;
  }
}
