import type { CallMedia, CallMediaDevices, CallRecord, Contact, SxCallView } from "sx-call-kit";
import type { Channel } from "./channel.ts";

/** Options of a phone of the demo. */
export interface PhoneOptions {
  /** "Phone A". */
  readonly title: string;
  /** Whose phone it is. */
  readonly owner: string;
  /** Whom the chat is with. */
  readonly contact: Contact;
  readonly channel: Channel;
  /** The chat so far. */
  readonly messages: readonly { readonly mine: boolean; readonly text: string }[];
  readonly devices: () => CallMediaDevices | null;
  readonly ringSeconds: () => number;
}

/** A small messenger: one chat, two call buttons and a call view. It shows all that a host has to do. */
export class Phone {
  readonly element = document.createElement("section");
  readonly #view: SxCallView = document.createElement("sx-call-view");
  readonly #chat = document.createElement("ul");
  readonly #notice = Object.assign(document.createElement("p"), { className: "notice" });
  readonly #buttons: readonly HTMLButtonElement[];
  readonly #options: PhoneOptions;

  constructor(options: PhoneOptions) {
    this.#options = options;
    const { title, owner, contact, channel, messages } = options;
    this.element.className = "phone";
    this.element.setAttribute("aria-label", title);

    this.#chat.className = "chat";
    const log = Object.assign(document.createElement("div"), { className: "log", tabIndex: 0 });
    log.setAttribute("role", "log");
    log.setAttribute("aria-label", `Chat with ${contact.name}`);
    log.append(this.#chat);
    for (const { mine, text } of messages) {
      this.#addToChat(
        Object.assign(document.createElement("span"), { textContent: text }),
        mine ? "message mine" : "message",
      );
    }
    this.#buttons = (["audio", "video"] as const).map((media) => this.#makeButton(media));
    this.#notice.setAttribute("role", "status");
    const actions = Object.assign(document.createElement("div"), { className: "actions" });
    actions.append(...this.#buttons);

    this.#view.contact = contact;
    this.#view.hidden = true;
    // The whole of a host's work: what the view says goes into the channel, what comes out of the channel goes to the view.
    this.#view.addEventListener("sx-signal", ({ detail }) => {
      channel.send(detail.message);
    });
    channel.receive((message) => {
      this.#prepare();
      this.#view.receiveSignal(message, contact.id);
    });
    this.#view.addEventListener("sx-state-changed", ({ detail }) => {
      this.#view.hidden = false;
      for (const button of this.#buttons)
        button.disabled = detail.state !== "idle" && detail.state !== "ended";
    });
    this.#view.addEventListener("sx-close", () => {
      this.#view.hidden = true;
    });
    this.#view.addEventListener("sx-call-ended", ({ detail }) => {
      this.#addRecord(detail.record);
    });
    this.#view.addEventListener("sx-error", ({ detail }) => {
      this.#notice.textContent = detail.message;
    });

    this.element.append(
      this.#makeHeader(title, owner, contact),
      log,
      this.#notice,
      actions,
      this.#view,
    );
  }

  #makeHeader(title: string, owner: string, contact: Contact): HTMLElement {
    const header = document.createElement("header");
    header.append(
      Object.assign(document.createElement("h2"), { textContent: contact.name }),
      Object.assign(document.createElement("span"), { textContent: `${title} · ${owner}` }),
    );
    return header;
  }

  #makeButton(media: CallMedia): HTMLButtonElement {
    const button = Object.assign(document.createElement("button"), {
      type: "button",
      textContent: media === "audio" ? "Audio call" : "Video call",
    });
    button.addEventListener("click", () => void this.#call(media));
    return button;
  }

  async #call(media: CallMedia): Promise<void> {
    this.#notice.textContent = "";
    this.#prepare();
    try {
      await this.#view.startCall({ media });
    } catch {
      // Reported by `sx-error`, and shown by the call view.
    }
  }

  /** Settings may have changed since the last call. */
  #prepare(): void {
    this.#view.mediaDevices = this.#options.devices();
    this.#view.ringTimeout = this.#options.ringSeconds();
  }

  /** A call is an item of the chat like any other, and never changes again. */
  #addRecord(record: CallRecord): void {
    const item = document.createElement("sx-call-history-item");
    item.record = record;
    item.addEventListener("sx-call-back", ({ detail }) => void this.#call(detail.media));
    this.#addToChat(item, "call-item");
  }

  #addToChat(content: HTMLElement, className: string): void {
    const entry = Object.assign(document.createElement("li"), { className });
    entry.append(content);
    this.#chat.append(entry);
    const { parentElement: log } = this.#chat;
    if (log) log.scrollTop = log.scrollHeight;
  }
}
