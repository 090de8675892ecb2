import { html, LitElement } from "lit";

class EmptyElement extends LitElement {
  override render() {
    return html`<button>Accept</button>`;
  }
}
customElements.define("empty-element", EmptyElement);
document.body.append(document.createElement("empty-element"));
