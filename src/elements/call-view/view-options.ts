import { property } from "lit/decorators.js";
import type { CallSnapshot } from "../../call/snapshot.ts";
import type { CallOptions } from "../../controller/ports.ts";
import type { Contact } from "../shared/contact.ts";
import { AttentionOptions } from "./attention-options.ts";
import type { ShownPictures } from "./scene.ts";

/** What a host chooses of the calls of a view and of its screen. Read when they are needed: it may be set at any time before. */
export abstract class ViewOptions extends AttentionOptions {
  /** STUN and TURN servers, W3C `RTCIceServer[]`. None by default: nothing is contacted that the host has not named. */
  @property({ attribute: false }) iceServers: RTCIceServer[] = [];

  /** Whether media goes through a relay only, so that the other side never learns this device's IP address. */
  @property({ type: Boolean, attribute: "relay-only" }) relayOnly = false;

  /** How long a call rings before it counts as unanswered, in seconds. */
  @property({ type: Number, attribute: "ring-timeout" }) ringTimeout = 60;

  /** How long a call waits for a lost path to come back before it ends, in seconds. */
  @property({ type: Number, attribute: "reconnect-timeout" }) reconnectTimeout = 30;

  /** How much a call may cost in both directions, in megabytes an hour, 60 or more; without it as much as the network bears. */
  @property({ type: Number, attribute: "data-saver" }) dataSaver: number | null = null;

  /** Whether a second call waits beside the first, or its caller is told that this side is busy. */
  @property({ attribute: "when-busy" }) whenBusy: "wait" | "busy" = "wait";

  /** Who is on the other side of a call, for a view that gets calls of more than one person. `null` for the contact of the view. */
  @property({ attribute: false }) contactOf: ((callId: string) => Contact | null) | null = null;

  /** The last snapshot before the page was loaded anew in a call: it is offered to go on with it, for 60 s after that snapshot. */
  @property({ attribute: false }) lastCall: CallSnapshot | null = null;

  /** Where camera, microphone and screen come from instead of `navigator.mediaDevices`. */
  @property({ attribute: false }) mediaDevices: CallOptions["mediaDevices"] = null;

  /**
   * Changes what the camera or the microphone gives, before it is sent or shown: a blurred background, a noise model. Where it
   * fails the device fails: nobody is shown without the blur they asked for.
   */
  @property({ attribute: false }) trackProcessor: CallOptions["trackProcessor"] = null;

  /** 32 bytes that both hosts know and nobody else does: then the keys of a call rest on them, too. */
  @property({ attribute: false }) hostSecret: Uint8Array | null = null;

  /** Bytes that both hosts hold alike, such as both identity keys: a call is then bound to them. */
  @property({ attribute: false }) hostBinding: Uint8Array | null = null;

  /** The address of the frame encryption worker, where a bundler has moved it. */
  @property({ attribute: "worker-url" }) workerUrl: string | null = null;

  /** Whether frames are encrypted on the main thread: for a WebView whose workers are known to be faulty. */
  @property({ type: Boolean, attribute: "encrypt-on-main-thread" }) encryptOnMainThread = false;

  /** Whether the view shows no buttons of its own: for a host that draws them over it. The lock stays. */
  @property({ type: Boolean, attribute: "hide-controls" }) hideControls = false;

  /** Which pictures are shown: for a picture-in-picture window whose layout the host chooses. */
  @property({ reflect: true }) pictures: ShownPictures = "all";

  /** Whether the bars over a picture always stay. Without it they go after four seconds in which nobody touches anything. */
  @property({ type: Boolean, attribute: "keep-bars" }) keepBars = false;

  /** Who has a small window for the call: the browser where it can, or the host, which is told by `sx-picture-in-picture`. */
  @property({ attribute: "small-window" }) smallWindow: "browser" | "host" | "off" = "browser";
}
