import {
  LitElement,
  type ReactiveController,
  supportsAdoptingStyleSheets,
  type CSSResult,
  type CSSResultOrNative,
  isServer,
} from "lit";
import { LocalizeController, update } from "@shoelace-style/localize";
import type { SxIntent } from "../../events/call-intents.ts";
import { nearestCalls } from "./context.ts";
import { SxErrorEvent } from "../../events/call-facts.ts";
import { missingOfFloor } from "../../host-values/engine-floor.ts";
import { attempt, isAbsent, readLanguage, readContact } from "../../host-values/host-value.ts";
import { firstEnglish } from "../words/first-english.ts";
import { wordPrefix, type Localize, type WordArguments, type Words } from "../words/strings.ts";
import { property, readGiven } from "./property.ts";
import {
  byUsualValue,
  direction,
  language,
  type PropertyReaders,
  contact,
  textAttribute,
} from "./property-readers.ts";
import type { Intent } from "../../call/events.ts";
import type { CallSource } from "../../controller/call-source.ts";
import type { DeviceStatus } from "../../call/state/devices.ts";
import { noContact, withName, type Contact, type ShownContact } from "./contact.ts";

/**
 * Keeps the focus in its host when an update removes the focused element, such as a button that disappears with its state.
 *
 * Runs in a microtask after the update. An open sheet has returned the focus to its opener by then, and code that awaits
 * `updateComplete` finds it.
 */
export class KeepFocus implements ReactiveController {
  readonly #host: LitElement;
  readonly #target: () => HTMLElement | null | undefined;
  #hadFocus = false;

  /** @param target returns the element to focus. */
  constructor(host: LitElement, target: () => HTMLElement | null | undefined) {
    this.#host = host;
    this.#target = target;
    host.addController(this);
  }

  hostUpdate(): void {
    this.#hadFocus = this.#hasFocus;
  }

  hostUpdated(): void {
    if (this.#hadFocus && !this.#hasFocus) queueMicrotask(() => void this.#restore());
  }

  get #hasFocus(): boolean {
    return Boolean(this.#host.shadowRoot?.activeElement);
  }

  async #restore(): Promise<void> {
    if (this.#hasFocus) return;
    // The update may still be loading parts.
    if (!this.#target()) await this.#host.updateComplete;
    const target: (HTMLElement & Partial<Pick<LitElement, "updateComplete">>) | null | undefined =
      this.#target();
    if (target?.updateComplete) await target.updateComplete;
    target?.focus();
  }
}

/** Letters of right-to-left scripts and directional marks. */
const turning = /[\u0590-\u08FF\u200E\u200F\uFB1D-\uFDFF\uFE70-\uFEFF]/;

/** Embeddings and isolates: an unclosed one would affect the text after the name. */
const openMarks = /[\u202A-\u202E\u2066-\u2069]/g;

/** Isolates a name of another direction within a sentence (Unicode UAX 9, first strong isolate). */
function isolated(given: unknown): unknown {
  if (typeof given !== "string") return given;
  const name = given.replace(openMarks, "");
  return turning.test(name) ? `\u2068${name}\u2069` : name;
}

/** Returns the language of the nearest ancestor that has one, across shadow roots (HTML, `lang`); "" for none. */
function inheritedLanguage(from: Element): string {
  for (
    let at: (Node & { readonly lang?: string; readonly host?: Element }) | null = from;
    at;
    at = at.parentNode ?? at.host ?? null
  )
    if (at.lang) return at.lang;
  return "";
}

/** Roots in which every change of a language is seen. An observer lives as long as its root. */
const watched = new WeakSet<Node>();

function watchLanguages(from: Element): void {
  const root: Node & { readonly host?: Element } = from.getRootNode();
  if (!watched.has(root)) {
    watched.add(root);
    new MutationObserver(update).observe(root, { subtree: true, attributeFilter: ["lang"] });
  }
  if (root.host) watchLanguages(root.host);
}

/** Looks words up in the language of its host's place in the page. A page may have any value, for which `Intl` throws. */
class Localizer extends LocalizeController {
  #known: readonly [given: string, read: string] = ["", ""];

  override lang(): string {
    const given = inheritedLanguage(this.host) || super.lang();
    if (given !== this.#known[0])
      this.#known = [given, readLanguage(given).value.toLowerCase() || "en"];
    return this.#known[1];
  }
}

/** Base class of every element: localization, and intents that a host can prevent. */
export abstract class SxElement extends LitElement {
  /** Language of the strings, BCP 47. Defaults to that of the nearest ancestor with one, and then to the browser's. */
  @property({ reflect: true }) override lang!: string;

  /** Writing direction. Defaults to the document's. */
  @property({ reflect: true }) override dir!: string;

  /**
   * Readers of properties whose default value does not determine their type.
   * @internal
   */
  static readonly readers: PropertyReaders = { lang: language, dir: direction };

  /**
   * All styles of an element that needs more than the styles of its class.
   * @internal
   */
  shownStyles: readonly CSSResultOrNative[] | null = null;

  readonly #localizer = new Localizer(this);
  /** Default of each property: the initial value of its field. */
  readonly #usual = new Map<string, unknown>();
  /** Last refused value of each property, because frameworks set the same value at every rendering. */
  readonly #refused = new Map<string, unknown>();
  #unreported = new Set<string>();

  /**
   * A constructed style sheet belongs to the document that created it (CSSOM). After adoption by another document, such as a
   * picture-in-picture window, the sheets must be created again.
   */
  adoptedCallback(): void {
    const { defaultView: view } = this.ownerDocument;
    // Before the first update there are no sheets. Engines without constructed sheets have moved their `<style>` along.
    if (!view || !this.shadowRoot || !supportsAdoptingStyleSheets) return;
    const { elementStyles } = this.constructor as typeof SxElement;
    this.shadowRoot.adoptedStyleSheets = (this.shownStyles ?? elementStyles).map((style) => {
      const sheet = new view.CSSStyleSheet();
      // Every style of the kit is created by Lit's `css`.
      sheet.replaceSync((style as CSSResult).cssText);
      return sheet;
    });
  }

  /** An element that is first drawn in another document than the kit's: Lit would adopt the sheets of this one, and throw. */
  protected override createRenderRoot(): HTMLElement | DocumentFragment {
    if (this.ownerDocument === document || !supportsAdoptingStyleSheets)
      return super.createRenderRoot();
    const root = this.attachShadow({ mode: "open" });
    this.adoptedCallback();
    return root;
  }

  /** Below the oldest supported engine nothing of an element can be relied on: it shows instead that calls do not work here. */
  protected override performUpdate(): void {
    const missing = missingOfFloor();
    if (missing === "") {
      super.performUpdate();
      return;
    }
    const notice = document.createElement("div");
    // By the DOM alone, in the system's own colours.
    notice.style.cssText = "padding:1em;white-space:pre-line;color:CanvasText;background:Canvas";
    notice.textContent = `${this.localize("error.webrtc-unsupported")}\n${this.localize("advice.webrtc-unsupported")}\n${missing}`;
    (this.shadowRoot ?? this.attachShadow({ mode: "open" })).replaceChildren(notice);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    watchLanguages(this);
    // Its new ancestors may have another language.
    this.requestUpdate();
    this.#reportRefused();
  }

  /** Language for words, numbers, times and durations. */
  protected get language(): string {
    return this.#localizer.lang();
  }

  /**
   * Reads every value that a host sets. `undefined` and `null` restore the default; an unusable value fires `sx-error`.
   * @internal
   */
  [readGiven](name: string, given: unknown): unknown {
    const { readers } = this.constructor as typeof SxElement;
    const reader = readers[name];
    const hasUsual = reader !== undefined && "usual" in reader;
    if (!hasUsual && !this.#usual.has(name)) {
      this.#usual.set(name, given);
      return given;
    }
    const usual = hasUsual ? reader.usual : this.#usual.get(name);
    if (isAbsent(given)) return usual;
    const { value, isRefused } = attempt(() => (reader?.read ?? byUsualValue)(given, usual), {
      value: usual,
      isRefused: true,
    });
    if (!isRefused) this.#refused.delete(name);
    else if (!this.#refused.has(name) || this.#refused.get(name) !== given) {
      this.#refused.set(name, given);
      this.#unreported.add(name);
      this.#reportRefused();
    }
    return value;
  }

  /** Deferred to the end of the task: an element under construction has no listeners yet. */
  #reportRefused(): void {
    if (this.#unreported.size === 0) return;
    queueMicrotask(() => {
      if (!this.isConnected || this.#unreported.size === 0) return;
      const names = [...this.#unreported].map((name) => `"${name}"`).join(", ");
      this.#unreported.clear();
      this.#report(`Of the wrong type or out of range in <${this.localName}>: ${names}.`);
    });
  }

  #report(message: string): void {
    this.dispatchEvent(new SxErrorEvent({ code: "bad-argument", message }));
  }

  /** Returns a string of the kit in the element's language. */
  protected readonly localize: Localize = this.localizeWith(firstEnglish);

  /**
   * Returns a function that translates, with a fallback dictionary behind the registered ones.
   *
   * @param english strings used where no registered dictionary has them. The first chunk contains a few only; elements that
   * show more provide all of them, and so does the in-call screen. A missing string is empty.
   */
  protected localizeWith(english: Partial<Words>): Localize {
    return <Key extends keyof Words>(key: Key, ...given: WordArguments<Key>): string => {
      const term = wordPrefix + key;
      // Checked first: the localizer would fall back to another registered language, and log.
      const named = given.map(isolated) as WordArguments<Key>;
      if (this.#localizer.exists(term, { lang: this.language }))
        return this.#localizer.term(term, ...named);
      const text: unknown = english[key] ?? "";
      // A string and its arguments have the same key, which the compiler cannot follow through a
      // mapped type.
      return typeof text === "string" ? text : (text as (...given: unknown[]) => string)(...named);
    };
  }

  /**
   * Fires an intent and, unless a listener prevented it, lets the nearest call perform it. `dispatchEvent()` returns after the
   * last listener of the last ancestor.
   * @returns `true` unless it was prevented.
   */
  protected intend(event: SxIntent): boolean {
    if (!this.dispatchEvent(event)) return false;
    const calls = nearestCalls(this);
    if (calls !== null) void performIntent(event, calls);
    return true;
  }
}

/** Toggles: a device that is on or starting is turned off, any other on. */
const wanted = ({ state }: DeviceStatus) => state === "off" || state === "failed";

/** Returns the intent of an event for the present call; `null` for none. */
function asked(event: SxIntent, { snapshot }: CallSource): Intent | null {
  switch (event.type) {
    case "sx-accept": {
      const { media, callId, active = "end" } = event.detail;
      return callId === undefined
        ? { type: "accept", media }
        : { type: "accept-waiting", callId, media, active };
    }
    case "sx-decline": {
      const { callId, ...rest } = event.detail ?? {};
      return callId === undefined
        ? { type: "decline", ...rest }
        : { type: "decline-waiting", callId, ...rest };
    }
    case "sx-ignore":
      return event.detail === null
        ? { type: "ignore" }
        : { type: "ignore-waiting", callId: event.detail.callId };
    case "sx-resume": {
      const { callId } = event.detail;
      return callId === snapshot.callId ? { type: "resume" } : { type: "swap", callId };
    }
    case "sx-hide-address":
      return { type: "hide-address", on: event.detail.on };
    case "sx-hold":
      return { type: "hold" };
    case "sx-hang-up":
      return { type: "hang-up" };
    case "sx-toggle-microphone":
      return {
        type: "set-device",
        device: "microphone",
        on: event.detail?.on ?? wanted(snapshot.local.microphone),
      };
    case "sx-toggle-camera":
      return {
        type: "set-device",
        device: "camera",
        on: event.detail?.on ?? wanted(snapshot.local.camera),
      };
    case "sx-flip-camera":
      return { type: "flip-camera" };
    case "sx-toggle-screen":
      return { type: "set-device", device: "screen", on: wanted(snapshot.local.screen) };
    case "sx-choose-device":
      return { type: "choose-device", ...event.detail };
    case "sx-switch-voice":
      return { type: "set-voice", ...event.detail };
    case "sx-check-code":
      return { type: "check-code", match: event.detail.match };
    case "sx-call-back":
      return { type: "start", media: event.detail.media };
    case "sx-close":
    case "sx-screen-action":
      return null;
  }
}

/** Performs an intent event. Never throws: the source reports failures as `error` notices. */
async function performIntent(event: SxIntent, calls: CallSource): Promise<void> {
  const intent = asked(event, calls);
  if (intent === null) return;
  try {
    await calls.perform(intent);
  } catch {
    // Reported by the source; this promise has no other consumer.
  }
}

/** Base class of elements that show a contact, given as an object or by attributes. */
export abstract class SxContactElement extends SxElement {
  /** @internal */
  static override readonly readers: PropertyReaders = {
    ...SxElement.readers,
    contact,
    contactName: textAttribute,
    contactAvatar: textAttribute,
  };

  /** The person on the other side. */
  @property({ attribute: false }) contact: Contact = noContact;

  /** The contact's name, for plain HTML. */
  @property({ attribute: "contact-name" })
  get contactName(): string {
    return this.contact.name;
  }
  set contactName(name: string | null) {
    this.contact = { ...this.contact, name: name ?? "" };
  }

  /** The URL of the contact's picture, for plain HTML. */
  @property({ attribute: "contact-avatar" })
  get contactAvatar(): string {
    return this.contact.avatarUrl ?? "";
  }
  set contactAvatar(address: string | null) {
    const { id, name } = this.contact;
    this.contact = address ? { id, name, avatarUrl: address } : { id, name };
  }

  /** Name to show for the contact. */
  protected get displayName(): string {
    return this.shownContact.name;
  }

  /** The contact with a displayable name. */
  protected get shownContact(): ShownContact {
    return this.readable(this.contact);
  }

  /** Returns a contact with a displayable name. The host may have set any value. */
  protected readable(given: unknown): ShownContact {
    return withName(readContact(given) ?? noContact, this.localize("unknownContact"));
  }
}

interface ElementClass extends CustomElementConstructor {
  readonly tagName: string;
}

/**
 * Registers classes under their tags. A tag already registered is left alone, because a host may have its own class. Does
 * nothing on a server, also where a DOM shim has a registry: the server renders the empty tag.
 */
export function register(...elements: readonly ElementClass[]): void {
  // True in Lit's build for Node.
  if (isServer as boolean) return;
  const registry = (globalThis as { customElements?: CustomElementRegistry }).customElements;
  for (const element of elements)
    if (!registry?.get(element.tagName)) registry?.define(element.tagName, element);
}
