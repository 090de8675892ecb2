import { browserPorts } from "../../src/controller/browser-ports.ts";
import type { CallPorts, CipherPort } from "../../src/controller/ports.ts";
import type { StatisticsEntry } from "../../src/media/connection/counts.ts";

/** Totals of one side: decoded pictures, and decrypted audio packets, which need no playback. */
export interface Decoded {
  readonly pictures: number;
  readonly sounds: number;
}

/** The browser's ports, and sight of what they make: the connection and the cipher of the call, which the kit keeps to itself. */
export class ConnectionSight {
  readonly ports: CallPorts;
  /** The last connection. */
  peer: RTCPeerConnection | null = null;
  cipher: CipherPort | null = null;
  /** Messages on the data channel, as text. */
  readonly said: string[] = [];
  /** `true` if the data channel loses what is said on it. */
  isControlDead = false;
  /** Number of keys set on the cipher. */
  keysGiven = 0;

  constructor() {
    this.ports = {
      ...browserPorts,
      createConnection: (...parameters) => {
        const connection = this.#watchMaking(() => browserPorts.createConnection(...parameters));
        const send = connection.sendControl.bind(connection);
        connection.sendControl = (text) => {
          this.said.push(text);
          if (!this.isControlDead) send(text);
        };
        return connection;
      },
      createCipher: (...parameters) => {
        const cipher = browserPorts.createCipher(...parameters);
        const give = cipher.setKeys.bind(cipher);
        cipher.setKeys = (...keys) => {
          this.keysGiven += 1;
          return give(...keys);
        };
        this.cipher = cipher;
        return cipher;
      },
    };
  }

  /** The types of what was said on the data channel. */
  get saidTypes(): string[] {
    return this.said.map((text) => (JSON.parse(text) as { type: string }).type);
  }

  /**
   * The user name fragments (RFC 8839 section 5.4) of both ends, as agreed: they name the generation of a path. The pair in use may
   * still have one end of the generation before, since Chromium keeps what works and is as good.
   */
  get generation(): { readonly local: string | null; readonly remote: string | null } {
    const fragment = (description: RTCSessionDescription | null | undefined) =>
      /^a=ice-ufrag:(\S+)/m.exec(description?.sdp ?? "")?.[1] ?? null;
    const isStable = this.peer?.signalingState === "stable";
    return isStable
      ? {
          local: fragment(this.peer?.currentLocalDescription),
          remote: fragment(this.peer?.currentRemoteDescription),
        }
      : { local: null, remote: null };
  }

  /** The user name fragments of both ends of the path in use. */
  async pathInUse(): Promise<{ readonly local: string | null; readonly remote: string | null }> {
    const entries = await this.#entries();
    const of = (id: string | undefined) => entries.find((entry) => entry.id === id);
    const pair = of(
      entries.find(({ selectedCandidatePairId }) => selectedCandidatePairId !== undefined)
        ?.selectedCandidatePairId,
    );
    const fragment = (id: string | undefined) => of(id)?.usernameFragment ?? null;
    return { local: fragment(pair?.localCandidateId), remote: fragment(pair?.remoteCandidateId) };
  }

  async decoded(): Promise<Decoded> {
    const [entries, frames = []] = await Promise.all([this.#entries(), this.cipher?.counts()]);
    return {
      pictures: entries.reduce((total, { framesDecoded = 0 }) => total + framesDecoded, 0),
      sounds: frames.find(({ track }) => track === 0)?.opened ?? 0,
    };
  }

  /** Waits until half a second of sound and some pictures more have come out than at this moment. */
  async untilMoreDecoded(): Promise<void> {
    const before = await this.decoded();
    for (;;) {
      const now = await this.decoded();
      if (now.pictures >= before.pictures + 5 && now.sounds >= before.sounds + 25) return;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  async #entries(): Promise<StatisticsEntry[]> {
    return [...((await this.peer?.getStats())?.values() ?? [])] as StatisticsEntry[];
  }

  /** A connection is made in one turn, and is met where it is made. */
  #watchMaking<T>(make: () => T): T {
    const { RTCPeerConnection } = globalThis;
    const meet = (peer: RTCPeerConnection) => {
      this.peer = peer;
    };
    class Watched extends RTCPeerConnection {
      constructor(configuration?: RTCConfiguration) {
        super(configuration);
        meet(this);
      }
    }
    Object.assign(globalThis, { RTCPeerConnection: Watched });
    try {
      return make();
    } finally {
      Object.assign(globalThis, { RTCPeerConnection });
    }
  }
}
