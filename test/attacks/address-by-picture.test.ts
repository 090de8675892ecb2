import "sx-call-kit/define";
import { expect, fixture, html } from "@open-wc/testing";
import type { CallSnapshot, SxCallView, SxIncomingCall } from "sx-call-kit";
import { fixedCalls } from "../../stories/support/fixed-calls.ts";
import { aSnapshot, anEnding, aWaitingCall } from "../../stories/support/snapshots.ts";
import { waitUntil } from "../support/wait-until.ts";

/** The picture of a contact on a server of the contact's own: who asks for it tells where they are, and that it rings. */
const theirs = () => {
  const url = new URL(`/avatar-${crypto.randomUUID()}.png`, location.href);
  // Another origin that is this machine all the same.
  url.hostname = url.hostname === "localhost" ? "127.0.0.1" : "localhost";
  return url.href;
};

/** Every address that stands anywhere on the screen, in the elements inside too. */
function addressesIn(root: ParentNode): string[] {
  return [...root.querySelectorAll("*")].flatMap((element) => [
    ...["src", "href", "poster", "srcset", "style"].map((name) => element.getAttribute(name) ?? ""),
    ...(element.shadowRoot === null ? [] : addressesIn(element.shadowRoot)),
  ]);
}

async function show(
  snapshot: CallSnapshot,
  address: string,
  { early = false, others = [] as readonly CallSnapshot[], contactOf = false } = {},
): Promise<SxCallView> {
  const contact = { id: "mallory", name: "Mallory", avatarUrl: address };
  const view = await fixture<SxCallView>(
    html`<sx-call-view
      .contact=${contactOf ? { id: "", name: "" } : contact}
      .contactOf=${contactOf ? () => contact : null}
      ?avatar-before-accept=${early}
      .calls=${fixedCalls(snapshot, {}, others)}
      style="block-size: 600px"
    ></sx-call-view>`,
  );
  await view.updateComplete;
  return view;
}

const missed = (): CallSnapshot =>
  anEnding({ reason: "unanswered", by: "none", problem: null }, "audio", {
    direction: "incoming",
  });

describe("a caller whose picture lies on a server of its own", () => {
  const before: Record<string, () => CallSnapshot> = {
    "before it rings, with the contact set already": () => aSnapshot("idle"),
    "while it rings": () => aSnapshot("incoming", "audio"),
    "while it rings, with a picture": () => aSnapshot("incoming", "video"),
    "after a call that was missed": missed,
  };
  for (const [when, snapshot] of Object.entries(before)) {
    for (const contactOf of [false, true]) {
      it(`learns nothing ${when}${contactOf ? ", named by contactOf" : ""}`, async () => {
        const address = theirs();
        const view = await show(snapshot(), address, { contactOf });
        expect(
          addressesIn(view.shadowRoot!).filter((one) => one.includes("avatar-")),
        ).to.deep.equal([]);
        // What its person sees: the name, and initials.
        expect(view.shadowRoot!.querySelector("img")).to.equal(null);
      });
    }
  }

  it("learns nothing while its call waits beside another one", async () => {
    const address = theirs();
    const running = { ...aSnapshot("connected", "audio"), callId: "AAAAAAAAAAAAAAAAAAAAAA" };
    const waiting = aWaitingCall();
    const view = await show(running, "", { others: [waiting] });
    view.contactOf = (callId) =>
      callId === waiting.callId ? { id: "m", name: "Mallory", avatarUrl: address } : null;
    view.requestUpdate();
    await view.updateComplete;
    const banner = view.shadowRoot!.querySelector<SxIncomingCall>("sx-incoming-call")!;
    await banner.updateComplete;
    expect(banner.shadowRoot!.textContent).to.contain("Mallory");
    expect(addressesIn(view.shadowRoot!).filter((one) => one === address)).to.deep.equal([]);
  });

  it("learns nothing by the ring screen alone, without a view around it", async () => {
    const address = theirs();
    const ring = await fixture<SxIncomingCall>(
      html`<sx-incoming-call contact-name="Mallory" contact-avatar=${address}></sx-incoming-call>`,
    );
    expect(addressesIn(ring.shadowRoot!)).not.to.include(address);
    ring.avatarBeforeAccept = true;
    await ring.updateComplete;
    expect(addressesIn(ring.shadowRoot!)).to.include(address);
  });

  it("is shown once a person has accepted, behind the call too", async () => {
    const address = theirs();
    const view = await show(aSnapshot("incoming", "audio"), address);
    (view.calls as ReturnType<typeof fixedCalls>).show({
      ...aSnapshot("connected", "audio"),
      direction: "incoming",
    });
    await view.updateComplete;
    await waitUntil(() => view.shadowRoot!.querySelector(".behind") !== null);
    expect(addressesIn(view.shadowRoot!).filter((one) => one === address).length).to.equal(2);
  });

  it("is shown earlier where the host says that it may be", async () => {
    const address = theirs();
    const view = await show(aSnapshot("incoming", "audio"), address, { early: true });
    expect(addressesIn(view.shadowRoot!)).to.include(address);
  });

  it("is shown at once from where nobody learns of it: the page's own origin, the address itself", async () => {
    for (const address of [new URL("/own.png", location.href).href, "data:image/png;base64,AA"]) {
      const view = await show(aSnapshot("incoming", "audio"), address);
      expect(addressesIn(view.shadowRoot!)).to.include(address);
    }
  });
});
