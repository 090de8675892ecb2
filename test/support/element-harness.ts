import { fixture, html } from "@open-wc/testing";
import { sendKeys, sendMouse } from "@web/test-runner-commands";
import type { LitElement, TemplateResult } from "lit";

/** An element of the kit as a person meets it: buttons by their part, a real mouse and a real keyboard, and the words shown. */
export class ElementHarness<E extends LitElement> {
  readonly element: E;

  constructor(element: E) {
    this.element = element;
  }

  /** Puts a template into the page; the element is the first one of the kit in it. */
  static async mount<E extends LitElement>(
    template: TemplateResult,
    tagName: string,
  ): Promise<ElementHarness<E>> {
    const wrapper = await fixture(html`<div>${template}</div>`);
    const harness = new ElementHarness(wrapper.querySelector<E>(tagName)!);
    await harness.settled();
    return harness;
  }

  get root(): ShadowRoot {
    return this.element.shadowRoot!;
  }

  /** Everything that can be read, on one line. */
  get text(): string {
    return [...this.root.children]
      .map((child) => (child as HTMLElement).innerText)
      .join(" ")
      .replace(/\s+/g, " ")
      .trim();
  }

  get buttons(): HTMLButtonElement[] {
    return [...this.root.querySelectorAll("button")];
  }

  /** The accessible names of the buttons, in order. */
  get names(): string[] {
    return this.buttons.map((button) => button.ariaLabel ?? button.innerText.trim());
  }

  get focused(): string | null {
    const active = this.root.activeElement as HTMLElement | null;
    return active && (active.ariaLabel ?? active.innerText.trim());
  }

  has(part: string): boolean {
    return this.root.querySelector(`[part~="${part}"]`) !== null;
  }

  part<T extends HTMLElement = HTMLElement>(part: string): T {
    const found = this.root.querySelector<T>(`[part~="${part}"]`);
    if (!found) throw new Error(`There is no part "${part}".`);
    return found;
  }

  /** Waits until the element and those inside it are drawn. */
  async settled(): Promise<void> {
    await this.element.updateComplete;
    for (const inner of this.root.querySelectorAll("*"))
      await (inner as Partial<LitElement>).updateComplete;
  }

  /** Clicks with the mouse, in the middle of the part. */
  async clickWithMouse(part: string): Promise<void> {
    const { x, y, width, height } = this.part(part).getBoundingClientRect();
    await sendMouse({
      type: "click",
      position: [Math.round(x + width / 2), Math.round(y + height / 2)],
    });
    await this.settled();
  }

  async press(...keys: string[]): Promise<void> {
    for (const key of keys) await sendKeys({ press: key });
    await this.settled();
  }

  /** Collects the details of an event from now on. */
  heard<Name extends keyof GlobalEventHandlersEventMap>(
    name: Name,
  ): GlobalEventHandlersEventMap[Name][] {
    const events: GlobalEventHandlersEventMap[Name][] = [];
    this.element.addEventListener(name, (event) =>
      events.push(event as GlobalEventHandlersEventMap[Name]),
    );
    return events;
  }
}
