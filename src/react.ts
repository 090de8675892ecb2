import { createComponent } from "@lit/react";
import * as React from "react";
import type { LitElement } from "lit";
import { SxCallControls } from "./elements/call-controls/call-controls.ts";
import { SxCallHistory } from "./elements/call-history/call-history.ts";
import { SxCallHistoryItem } from "./elements/call-history-item/call-history-item.ts";
import { SxCallView } from "./elements/call-view/call-view.ts";
import { SxConnectionCheck } from "./elements/connection-check/connection-check.ts";
import { SxDeviceMenu } from "./elements/device-menu/device-menu.ts";
import { SxIncomingCall } from "./elements/incoming-call/incoming-call.ts";
import { SxSecurityCode } from "./elements/security-code/security-code.ts";
import type {} from "./index.ts";
import "./define.ts";

type EventName = keyof GlobalEventHandlersEventMap & `sx-${string}`;
type Pascal<S extends string> = S extends `${infer A}-${infer B}`
  ? `${Capitalize<A>}${Pascal<B>}`
  : Capitalize<S>;

/**
 * A listener for each event of the kit, such as `onSxCallEnded` for `sx-call-ended`. Also receives events from nested elements.
 */
export type SxListeners = {
  [K in EventName as `on${Pascal<K>}`]?:
    | ((event: GlobalEventHandlersEventMap[K]) => void)
    | undefined;
};

type OwnProps<E extends LitElement> = {
  [K in Exclude<keyof E, keyof LitElement>]?: E[K] | undefined;
};

/** The component of an element: its properties, a listener for each event, and the usual HTML attributes. */
export type SxComponent<E extends LitElement> = React.ForwardRefExoticComponent<
  Omit<React.HTMLAttributes<E>, keyof OwnProps<E> | keyof SxListeners> &
    OwnProps<E> &
    SxListeners &
    React.RefAttributes<E>
>;

/** Complete list of events: an omission does not compile. */
const listeners: { readonly [K in EventName as `on${Pascal<K>}`]: K } = {
  onSxAccept: "sx-accept",
  onSxCallBack: "sx-call-back",
  onSxCallEnded: "sx-call-ended",
  onSxCallHeld: "sx-call-held",
  onSxNote: "sx-note",
  onSxCallWaiting: "sx-call-waiting",
  onSxChangeScreen: "sx-change-screen",
  onSxCheckCode: "sx-check-code",
  onSxChooseDevice: "sx-choose-device",
  onSxChooseRoute: "sx-choose-route",
  onSxClose: "sx-close",
  onSxConnectionChecked: "sx-connection-checked",
  onSxDecline: "sx-decline",
  onSxError: "sx-error",
  onSxFlipCamera: "sx-flip-camera",
  onSxHangUp: "sx-hang-up",
  onSxHideAddress: "sx-hide-address",
  onSxHold: "sx-hold",
  onSxIgnore: "sx-ignore",
  onSxIncoming: "sx-incoming",
  onSxMenuOpen: "sx-menu-open",
  onSxOpenCall: "sx-open-call",
  onSxPauseScreen: "sx-pause-screen",
  onSxPermissionNeeded: "sx-permission-needed",
  onSxPictureInPicture: "sx-picture-in-picture",
  onSxProtectionChanged: "sx-protection-changed",
  onSxResume: "sx-resume",
  onSxScreenAction: "sx-screen-action",
  onSxSecurityCodeChecked: "sx-security-code-checked",
  onSxSetVolume: "sx-set-volume",
  onSxSignal: "sx-signal",
  onSxStateChanged: "sx-state-changed",
  onSxSwitchVoice: "sx-switch-voice",
  onSxTestSpeaker: "sx-test-speaker",
  onSxToggleCamera: "sx-toggle-camera",
  onSxToggleMicrophone: "sx-toggle-microphone",
  onSxToggleScreen: "sx-toggle-screen",
  onSxTranscript: "sx-transcript",
};

interface ElementClass<E> {
  readonly tagName: string;
  new (): E;
}

function componentOf<E extends LitElement>(elementClass: ElementClass<E>): SxComponent<E> {
  const { tagName } = elementClass;
  const options = { react: React, tagName, elementClass, events: listeners };
  const component: unknown = createComponent<HTMLElement, Record<string, string>>(options);
  // Cast to a type without @lit/react, which is bundled: a host does not have its types.
  return component as SxComponent<E>;
}

export const CallControls: SxComponent<SxCallControls> = componentOf(SxCallControls);
export const CallHistory: SxComponent<SxCallHistory> = componentOf(SxCallHistory);
export const CallHistoryItem: SxComponent<SxCallHistoryItem> = componentOf(SxCallHistoryItem);
export const CallView: SxComponent<SxCallView> = componentOf(SxCallView);
export const ConnectionCheck: SxComponent<SxConnectionCheck> = componentOf(SxConnectionCheck);
export const DeviceMenu: SxComponent<SxDeviceMenu> = componentOf(SxDeviceMenu);
export const IncomingCall: SxComponent<SxIncomingCall> = componentOf(SxIncomingCall);
export const SecurityCode: SxComponent<SxSecurityCode> = componentOf(SxSecurityCode);
