// Alice's messenger and Bob's, in one page.
const alice = document.querySelector("#alice");
const bob = document.querySelector("#bob");
// Each by the id that the other messenger gives as the sender of its messages, too.
alice.contact = { id: "bob", name: "Bob" };
bob.contact = { id: "alice", name: "Alice" };

/** In the place of your messenger's own end-to-end encrypted channel. */
function connect(view, other) {
  view.addEventListener("sx-signal", ({ detail }) => {
    const text = JSON.stringify(detail.message);
    setTimeout(() => other.receiveSignal(JSON.parse(text), other.contact.id));
  });
  // The view shows failures, too.
  view.addEventListener("sx-error", ({ detail }) => console.warn(detail.code, detail.message));
}
connect(alice, bob);
connect(bob, alice);

document
  .querySelector("#call-bob")
  .addEventListener("click", () => alice.startCall({ media: "video" }));
document
  .querySelector("#call-alice")
  .addEventListener("click", () => bob.startCall({ media: "video" }));
