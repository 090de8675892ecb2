import { property } from "./property.ts";
import { noContact, withName, type Contact, type ShownContact } from "./contact.ts";
import { readContact } from "../../host-values/contact.ts";
import { contact, textAttribute, type PropertyReaders } from "./read-property.ts";
import { SxElement } from "./sx-element.ts";

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
