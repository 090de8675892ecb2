import type { PathState } from "../../call/terms.ts";
import { setOwnDescription } from "./description.ts";

/**
 * Reports the state of a connection's path. A transport whose DTLS the other side has ended (RFC 8446 section 6.1) is
 * reported as `failed`: W3C WebRTC counts it among the connected ones, but nothing can be sent or received over it. Seen
 * where Firefox gave its search up, and where the other side's page has gone.
 */
export function watchPath(connection: RTCPeerConnection, report: (path: PathState) => void): void {
  const onChange = () => {
    const { connectionState: path, sctp } = connection;
    // Another one once both descriptions have been applied: until then each line has its own.
    const transport = sctp?.transport;
    transport?.addEventListener("statechange", onChange);
    if (path !== "closed")
      report(path === "connected" && transport?.state === "closed" ? "failed" : path);
  };
  connection.addEventListener("connectionstatechange", onChange);
}

/** Which servers a connection gathers from, asked in the last moment before it does. */
export interface RelayChoice {
  /** Resolves once they are measured, or the time for it is up. */
  readonly measured: Promise<void>;
  /** Returns the best of them by now. @param most relays to keep; by default as many as a call begins with. */
  servers(most?: number): RTCIceServer[];
}

/** When and from which servers a connection gathers: its offer may be prepared, and where its relays are measured it waits for them. */
export class Gathering {
  readonly #connection: RTCPeerConnection;
  readonly #choice: RelayChoice | undefined;
  readonly #create: () => Promise<RTCSessionDescriptionInit>;
  readonly #hurried: Promise<void>;
  #hurry: () => void = () => undefined;
  #begun: Promise<void> = Promise.resolve();
  #prepared: Promise<RTCSessionDescriptionInit> | null = null;
  /** The offer that waits to be applied. */
  offered = "";

  /** @param create creates the transceivers and the offer. */
  constructor(
    connection: RTCPeerConnection,
    choice: RelayChoice | undefined,
    create: () => Promise<RTCSessionDescriptionInit>,
  ) {
    this.#connection = connection;
    this.#choice = choice;
    this.#create = create;
    this.#hurried = new Promise((resolve) => {
      this.#hurry = resolve;
    });
  }

  /**
   * Creates the offer. It contacts nobody: an engine gathers nothing before an own description is applied (RFC 9429 section 3.5.1).
   */
  prepare(): Promise<RTCSessionDescriptionInit> {
    return (this.#prepared ??= this.#create());
  }

  /** Sets the servers of a connection that has no description yet. @throws {Error} where the engine refuses them. */
  from(iceServers: RTCIceServer[]): void {
    this.#connection.setConfiguration({ ...this.#connection.getConfiguration(), iceServers });
  }

  /** Creates and applies the offer, with which gathering begins. Where the relays are measured, that follows later. */
  async offer(): Promise<void> {
    const offer = await this.prepare();
    if (this.#choice === undefined) {
      await setOwnDescription(this.#connection, offer);
      return;
    }
    this.offered = offer.sdp ?? "";
    const begin = async (measured: Promise<void>) => {
      await Promise.race([measured, this.#hurried]);
      this.choose();
      await setOwnDescription(this.#connection, offer);
    };
    // A failure, as of a closed connection, occurs again with the answer.
    this.#begun = begin(this.#choice.measured).catch(() => undefined);
  }

  /** The answer is there: waits for no measurement any more. Resolves once the offer is applied. */
  begun(): Promise<void> {
    this.#hurry();
    return this.#begun;
  }

  /**
   * Gives the connection the best servers before it gathers. The first has the highest priority in Chromium, which numbers them down by their
   * places (libwebrtc, `ParseIceServers`).
   *
   * @param most relays to keep.
   */
  choose(most?: number): void {
    if (this.#choice === undefined) return;
    try {
      this.#connection.setConfiguration({
        ...this.#connection.getConfiguration(),
        // Checked again: an address must not depend on what an engine makes of its own configuration.
        iceTransportPolicy: "relay",
        iceServers: this.#choice.servers(most),
      });
    } catch {
      // An engine that refuses it keeps the host's order.
    }
  }
}
