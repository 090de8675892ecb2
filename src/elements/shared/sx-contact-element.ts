import { property } from "lit/decorators.js";
import { noContact, type Contact } from "./contact.ts";
import { SxElement } from "./sx-element.ts";

/** An element that shows a contact, given as an object or, in plain HTML, by attributes. */
export abstract class SxContactElement extends SxElement {
  /** The person on the other side. */
  @property({ attribute: false }) contact: Contact = noContact;

  /** The contact's name alone, for plain HTML. */
  @property({ attribute: "contact-name" })
  get contactName(): string {
    return this.contact.name;
  }
  set contactName(name: string | null) {
    this.contact = { ...this.contact, name: name ?? "" };
  }

  /** The address of the contact's picture alone, for plain HTML. */
  @property({ attribute: "contact-avatar" })
  get contactAvatar(): string {
    return this.contact.avatarUrl ?? "";
  }
  set contactAvatar(address: string | null) {
    const { id, name } = this.contact;
    this.contact = address ? { id, name, avatarUrl: address } : { id, name };
  }

  /** What the words call the contact. */
  protected get displayName(): string {
    return this.shownContact.name;
  }

  /** The contact with a name that can be shown. */
  protected get shownContact(): Contact {
    return this.readable(this.contact);
  }

  /** A contact with a name that can be shown. A host may have given anything at all. */
  protected readable(given: unknown): Contact {
    const { id, name, avatarUrl } = (
      typeof given === "object" && given !== null ? given : noContact
    ) as Partial<Contact>;
    const text = (value: unknown) => (typeof value === "string" ? value : "");
    const shown = { id: text(id), name: text(name).trim() || this.say("unknownContact") };
    return typeof avatarUrl === "string" ? { ...shown, avatarUrl } : shown;
  }
}
