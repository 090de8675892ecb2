import type { CallSnapshot } from "../../call/snapshot.ts";
import type { CallMedia } from "../../call/terms.ts";

/** A contact as a host names it. */
export interface HostedContact {
  readonly id: string;
  readonly name: string;
  readonly avatarUrl?: string;
}

/** A way for the sound that the host knows. */
export interface HostedRoute {
  readonly id: string;
  readonly label: string;
  readonly selected: boolean;
  readonly kind: "earpiece" | "speaker" | "headset" | "bluetooth" | "other";
}

/** What a host may reach of a call view, under the names that `<sx-call-view>` documents. The view itself fulfils it. */
export interface HostedView extends HTMLElement {
  readonly snapshot: CallSnapshot;
  readonly others: readonly CallSnapshot[];
  contact: HostedContact;
  contactOf: ((callId: string) => HostedContact | null) | null;
  audioRoutes: readonly HostedRoute[] | null;
  hideControls: boolean;
  pictures: "all" | "remote" | "local";
  readonly smallWindow: "browser" | "host" | "off";
  readonly encryptOnMainThread: boolean;
  startCall(options: { media: CallMedia }): Promise<void>;
  resumeCall(last: unknown): Promise<void>;
  receiveSignal(message: unknown, from?: string): void;
  acceptCall(options: { media?: CallMedia }): Promise<void>;
  declineCall(): Promise<void>;
  ignoreCall(): Promise<void>;
  acceptWaitingCall(options: {
    callId: string;
    media: CallMedia;
    active?: "end" | "hold";
  }): Promise<void>;
  declineWaitingCall(callId: string): Promise<void>;
  ignoreWaitingCall(callId: string): Promise<void>;
  hangUp(): Promise<void>;
  setMicrophone(on: boolean): Promise<void>;
  setCamera(on: boolean): Promise<void>;
  flipCamera(): Promise<void>;
  setScreenShare(on: boolean): Promise<void>;
  holdCall(): Promise<void>;
  resumeHeldCall(): Promise<void>;
  swapCalls(callId: string): Promise<void>;
  answeredElsewhere(callId: string): void;
  declinedElsewhere(callId: string): void;
}
