import { property } from "./property.ts";
import { noContact, type Contact } from "./contact.ts";
import { readContact } from "../../host-values/contact.ts";
import { contact, textAttribute, type PropertyReaders } from "./read-property.ts";
import { SxElement } from "./sx-element.ts";

/** An element that shows a contact, given as an object or, in plain HTML, by attributes. */
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
    const contact = readContact(given) ?? noContact;
    return { ...contact, name: contact.name.trim() || this.localize("unknownContact") };
  }
}
