import { parseSignal } from "../../signalling/messages.ts";
import type { HostMessage } from "./envelope.ts";
import type { HostSettings, HostedContact, HostedView } from "./host-settings.ts";

/** Commands of a host to its view: all verbs but those of the handshake. */
export type HostCommand = Exclude<HostMessage, { readonly type: "hello" | "ok" | "error" }>;

/** Number of remembered callers, more than a view shows at once. */
const maxCallers = 64;

/** Contact of an unnamed caller. */
const unknownCaller: HostedContact = { id: "", name: "" };

/** Returns the call id of an invitation; `null` for any other message. */
function invitedBy(message: unknown): string | null {
  try {
    const signal = parseSignal(message);
    return signal.type === "invite" ? signal.callId : null;
  } catch {
    // The view reports what is wrong with the message.
    return null;
  }
}

/** Executes the commands of a host on its view. */
export class Commands {
  readonly #view: HostedView;
  readonly #callers = new Map<string, HostedContact>();
  /** Layout of the screen outside a small system window. */
  #usual: Pick<HostedView, "hideControls" | "pictures"> | null = null;
  /** Id of the call whose camera was released when the app went to the background. */
  #hiddenCall: string | null = null;
  /** The toolbar whose menu is open. */
  #menu: EventTarget | null = null;

  constructor(view: HostedView, signal: AbortSignal) {
    this.#view = view;
    const onMenu = (event: GlobalEventHandlersEventMap["sx-menu-open"]) => {
      // From the composed path: the listener sees the view itself as the target.
      this.#menu = event.detail.open ? (event.composedPath()[0] ?? null) : null;
    };
    view.addEventListener("sx-menu-open", onMenu, { signal });
  }

  /**
   * @returns data of the answer.
   * @throws {CallError} the code of the failure.
   */
  async perform({ type, data }: HostCommand): Promise<object> {
    const view = this.#view;
    switch (type) {
      case "configure":
        this.#configure(data);
        return { ignored: data.ignored };
      case "start-call":
        if (data.contact.contact !== undefined) view.contact = data.contact.contact;
        await view.startCall({ media: data.media });
        return ignoredOf(data.contact);
      case "receive-signal":
        this.#receive(data);
        return ignoredOf(data.contact);
      case "accept":
        await this.#accept(data);
        break;
      case "decline":
        await (this.#isOther(data)
          ? view.declineWaitingCall(data.callId, defined({ text: data.text }))
          : view.declineCall(defined({ text: data.text })));
        break;
      case "ignore":
        await (this.#isOther(data) ? view.ignoreWaitingCall(data.callId) : view.ignoreCall());
        break;
      case "hang-up":
        await view.hangUp();
        break;
      case "set-microphone":
        await view.setMicrophone(data.on);
        break;
      case "set-camera":
        // An explicit command overrides the state of before the background.
        this.#hiddenCall = null;
        await view.setCamera(data.on);
        break;
      case "flip-camera":
        await view.flipCamera();
        break;
      case "set-screen":
        await view.setScreenShare(data.on);
        break;
      case "hold":
        await view.holdCall();
        break;
      case "resume":
        await view.resumeHeldCall();
        break;
      case "swap":
        await view.swapCalls(data.callId);
        break;
      case "answered-elsewhere":
        view.answeredElsewhere(data.callId);
        break;
      case "declined-elsewhere":
        view.declinedElsewhere(data.callId);
        break;
      case "resume-call":
        await view.resumeCall(data.snapshot);
        break;
      case "get-snapshot":
        return { snapshot: view.snapshot, others: view.others };
      case "get-report":
        return { report: view.report() };
      case "audio-routes":
        view.audioRoutes = data.routes.routes;
        return ignoredOf(data.routes);
      case "picture-in-picture":
        this.#shrink(data.active);
        break;
      case "background":
        if (data.keepCamera !== true && this.#usual === null) await this.#hide();
        break;
      case "foreground":
        await this.#show();
        break;
      case "back-button":
        return { handled: this.#goBack() };
      case "network-changed":
        // The event that browsers fire when they notice by themselves.
        dispatchEvent(new Event("online"));
    }
    return {};
  }

  #configure({
    contact,
    theme,
    colorScheme,
    textSize,
    hideControls,
    pictures,
    properties,
  }: HostSettings): void {
    const view = this.#view;
    const { style, ownerDocument } = view;
    if (contact !== undefined) view.contact = contact;
    // A small window keeps its layout: new settings apply after it closes.
    Object.assign(this.#usual ?? view, defined({ hideControls, pictures }));
    Object.assign(view, properties);
    if (colorScheme !== undefined) style.colorScheme = colorScheme;
    for (const [property, value] of Object.entries(theme ?? {})) style.setProperty(property, value);
    if (textSize !== undefined) ownerDocument.documentElement.style.fontSize = `${100 * textSize}%`;
  }

  #receive({
    message,
    from,
    contact: { contact },
  }: Extract<HostCommand, { type: "receive-signal" }>["data"]): void {
    const callId = contact === undefined ? null : invitedBy(message);
    // Only the invitation names the caller: later messages must not rename it.
    if (contact !== undefined && callId !== null && !this.#callers.has(callId)) {
      this.#callers.set(callId, contact);
      this.#forgetCaller();
      this.#view.contactOf ??= (id) => this.#contactOf(id);
    }
    this.#view.receiveSignal(message, from ?? (contact?.id === "" ? undefined : contact?.id));
  }

  /** Forgets the oldest ended call. Ongoing calls keep their names, so that a flood of calls cannot rename them. */
  #forgetCaller(): void {
    if (this.#callers.size <= maxCallers) return;
    const { snapshot, others } = this.#view;
    const live = new Set([snapshot, ...others].map(({ callId }) => callId));
    const [oldest] = [...this.#callers.keys()].filter((callId) => !live.has(callId));
    if (oldest !== undefined) this.#callers.delete(oldest);
  }

  /** An incoming call with an unnamed caller must not show the previous contact. */
  #contactOf(callId: string): HostedContact | null {
    const { snapshot, others } = this.#view;
    const call = [snapshot, ...others].find((each) => each.callId === callId);
    const isOurs = call === undefined || call.direction === "outgoing";
    return this.#callers.get(callId) ?? (isOurs ? null : unknownCaller);
  }

  async #accept(data: Extract<HostCommand, { type: "accept" }>["data"]): Promise<void> {
    const { media, active } = data;
    if (!this.#isOther(data)) return this.#view.acceptCall(defined({ media }));
    const asked = this.#view.others.find(({ callId }) => callId === data.callId)?.media;
    return this.#view.acceptWaitingCall({
      ...{ callId: data.callId, media: media ?? asked ?? "audio" },
      ...defined({ active }),
    });
  }

  /** Returns `true` for a call that is not on screen: a late answer must not apply to the next call. */
  #isOther<Data extends { callId?: string | undefined }>(
    data: Data,
  ): data is Data & { callId: string } {
    return data.callId !== undefined && data.callId !== this.#view.snapshot.callId;
  }

  #shrink(isSmall: boolean): void {
    const view = this.#view;
    if (isSmall === (this.#usual !== null)) return;
    const { hideControls, pictures } = view;
    const usual = this.#usual;
    this.#usual = isSmall ? { hideControls, pictures } : null;
    Object.assign(view, usual ?? { hideControls: true, pictures: "remote" });
  }

  /** Phones do not let a background app capture video: frames would freeze, or the system would take the camera. */
  async #hide(): Promise<void> {
    const { callId, local } = this.#view.snapshot;
    if (local.camera.state !== "on" && local.camera.state !== "starting") return;
    this.#hiddenCall = callId;
    await this.#view.setCamera(false);
  }

  async #show(): Promise<void> {
    const hidden = this.#hiddenCall;
    this.#hiddenCall = null;
    if (
      hidden !== null &&
      hidden === this.#view.snapshot.callId &&
      this.#view.snapshot.actions.includes("toggle-camera")
    ) {
      await this.#view.setCamera(true);
    }
  }

  /** Like Escape: each press closes one thing. */
  #goBack(): boolean {
    const press = new KeyboardEvent("keydown", {
      key: "Escape",
      bubbles: true,
      composed: true,
      cancelable: true,
    });
    return !(this.#menu ?? this.#view).dispatchEvent(press);
  }
}

/** An object without its undefined fields. */
type Defined<Given> = { [Key in keyof Given]?: Exclude<Given[Key], undefined> };

function defined<Given extends object>(given: Given): Defined<Given> {
  // Matches the type: only defined fields are left.
  return Object.fromEntries(
    Object.entries(given).filter(([, value]) => value !== undefined),
  ) as Defined<Given>;
}

/** Returns the ignored fields, if any. */
function ignoredOf({ ignored }: { readonly ignored: readonly string[] }): object {
  return ignored.length > 0 ? { ignored } : {};
}
