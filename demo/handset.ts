import type { CallMediaDevices, Contact, SxCallView } from "sx-call-kit";
import type { Channel } from "./channel.ts";

/** What the views send and take. */
interface Message {
  readonly callId: string;
}

const isMessage = (value: unknown): value is Message =>
  typeof value === "object" &&
  value !== null &&
  "callId" in value &&
  typeof value.callId === "string";

/** A phone on the stage: a call view, and a home screen behind it while there is no call. It may have several contacts. */
export class Handset {
  readonly element = document.createElement("section");
  readonly view: SxCallView = document.createElement("sx-call-view");
  readonly #contactOfCall = new Map<string, Contact>();

  /** @param contact whom this phone calls. */
  constructor(owner: string, contact: Contact, devices: CallMediaDevices, workerUrl: string) {
    this.element.className = "handset";
    this.element.setAttribute("aria-label", `${owner}’s phone`);
    const view = this.view;
    view.contact = contact;
    view.contactOf = (callId) => this.#contactOfCall.get(callId) ?? null;
    view.mediaDevices = devices;
    view.workerUrl = workerUrl;
    // Two phones are in one window here: neither has the window for itself, nor the system's buttons.
    view.smallWindow = "off";
    view.systemControls = "off";
    view.noWakeLock = true;
    view.keepBars = true;
    view.hidden = true;
    view.addEventListener("sx-state-changed", () => {
      view.hidden = false;
    });
    view.addEventListener("sx-close", () => {
      view.hidden = true;
    });
    const home = Object.assign(document.createElement("div"), { className: "home" });
    const call = Object.assign(document.createElement("button"), {
      type: "button",
      textContent: `Call ${contact.name}`,
    });
    call.addEventListener("click", () => void this.call());
    home.append(call);
    this.element.append(home, view);
  }

  /** Connects the phone to the one of a contact. */
  connect(channel: Channel, contact: Contact): void {
    this.view.addEventListener("sx-signal", ({ detail: { message } }) => {
      const known = this.#contactOfCall.get(message.callId) ?? this.view.contact;
      this.#contactOfCall.set(message.callId, known);
      if (known.id === contact.id) channel.send(message);
    });
    channel.receive((message) => {
      if (!isMessage(message)) return;
      if (!this.#contactOfCall.has(message.callId))
        this.#contactOfCall.set(message.callId, contact);
      this.view.receiveSignal(message, contact.id);
    });
  }

  async call(): Promise<void> {
    try {
      await this.view.startCall({ media: "video" });
    } catch {
      // Shown by the call view.
    }
  }
}
