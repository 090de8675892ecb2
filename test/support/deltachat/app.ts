import type { DeltachatCalls } from "../../../src/hosts/deltachat/deltachat-host.ts";

/** `window.calls`, whole. */
export type HostCalls = Required<DeltachatCalls>;

/** A call page that an app has opened. */
export interface OpenedPage {
  takeHash(hash: string): void;
  close(): void;
}

/** Opens a page, with this in its `window.calls`. */
export type OpenPage = (calls: HostCalls) => OpenedPage;

export interface AppOptions {
  /** The servers that it names, as JSON. */
  readonly servers?: string;
  /** Milliseconds that a chat message of it takes. */
  readonly delay?: number;
  /** `true` if an incoming call is accepted outside of the page: by a notification, say. */
  readonly acceptsOutside?: boolean;
}

/** A Delta Chat app: it opens a call page, and carries what the page says to the other app as chat messages. */
export class DeltachatApp {
  readonly calls: HostCalls;
  /** Calls of the page to its app: `startCall`, `endCall`. */
  readonly said: string[] = [];
  /** The descriptions that the page has handed over. */
  readonly sdps: string[] = [];
  /** The hashes that the page was given. */
  readonly hashes: string[] = [];
  other: DeltachatApp | null = null;
  page: OpenedPage | null = null;
  readonly #open: OpenPage;
  readonly #options: AppOptions;

  constructor(open: OpenPage, options: AppOptions = {}) {
    this.#open = open;
    this.#options = options;
    this.calls = {
      startCall: (sdp) => {
        this.#say("startCall", sdp);
        this.#send((other) => {
          other.#ring(sdp);
        });
      },
      acceptCall: (sdp) => {
        this.#say("acceptCall", sdp);
        this.#send((other) => {
          other.hash("onAnswer", sdp);
        });
      },
      endCall: () => {
        this.#say("endCall");
        this.#send((other) => {
          other.close();
        });
      },
      getIceServers: () => Promise.resolve(options.servers ?? "[]"),
      getAvatar: () => "data:,",
    };
  }

  /** The person dials. */
  call(): void {
    this.page ??= this.#open(this.calls);
    this.#take("#startCall");
  }

  /** Gives the page a command with a description. */
  hash(name: "offerIncomingCall" | "acceptCall" | "onAnswer", sdp: string): void {
    this.#take(`#${name}=${encodeURIComponent(btoa(sdp))}`);
  }

  /** The app closes the page's window. */
  close(): void {
    this.page?.close();
    this.page = null;
  }

  #ring(offer: string): void {
    this.page ??= this.#open(this.calls);
    this.hash(this.#options.acceptsOutside === true ? "acceptCall" : "offerIncomingCall", offer);
  }

  #take(hash: string): void {
    this.hashes.push(hash);
    this.page?.takeHash(hash);
  }

  #say(name: string, sdp?: string): void {
    this.said.push(name);
    if (sdp !== undefined) this.sdps.push(sdp);
  }

  #send(deliver: (other: DeltachatApp) => void): void {
    setTimeout(() => {
      if (this.other !== null) deliver(this.other);
    }, this.#options.delay ?? 0);
  }
}

/** Two apps that know each other. */
export function appPair(
  a: OpenPage,
  b: OpenPage,
  options: AppOptions = {},
  ofB: AppOptions = options,
): { readonly a: DeltachatApp; readonly b: DeltachatApp } {
  const [one, two] = [new DeltachatApp(a, options), new DeltachatApp(b, ofB)];
  one.other = two;
  two.other = one;
  return { a: one, b: two };
}
