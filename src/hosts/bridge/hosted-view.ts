import type { CallSnapshot } from "../../call/snapshot.ts";
import type { CallMedia } from "../../call/terms.ts";

/** A contact named by a host. */
export interface HostedContact {
  readonly id: string;
  readonly name: string;
  readonly avatarUrl?: string;
}

/** An audio route of a host. */
export interface HostedRoute {
  readonly id: string;
  readonly label: string;
  readonly selected: boolean;
  readonly kind: "earpiece" | "speaker" | "headset" | "bluetooth" | "other";
}

/** The part of a call view that a host may use, as `<sx-call-view>` documents it. The view implements it. */
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
