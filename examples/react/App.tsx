import { useRef } from "react";
import type { RefObject } from "react";
import type { Contact, SxCallView } from "sx-call-kit";
import { CallView } from "sx-call-kit/react";

const alice: Contact = { id: "alice", name: "Alice" };
const bob: Contact = { id: "bob", name: "Bob" };

interface PhoneProps {
  readonly contact: Contact;
  readonly view: RefObject<SxCallView | null>;
  readonly other: RefObject<SxCallView | null>;
}

/** One messenger: a button, and the call with its contact. */
function Phone({ contact, view, other }: PhoneProps) {
  /** In the place of your messenger's own end-to-end encrypted channel. */
  const send = (message: unknown) => {
    const text = JSON.stringify(message);
    setTimeout(() => other.current?.receiveSignal(JSON.parse(text), other.current.contact.id));
  };
  return (
    <section>
      <button onClick={() => void view.current?.startCall({ media: "video" })}>
        Call {contact.name}
      </button>
      <CallView
        ref={view}
        contact={contact}
        onSxSignal={({ detail }) => send(detail.message)}
        onSxError={({ detail }) => console.warn(detail.code, detail.message)}
      />
    </section>
  );
}

/** Alice's messenger and Bob's, in one page. */
export function App() {
  const atAlice = useRef<SxCallView>(null);
  const atBob = useRef<SxCallView>(null);
  return (
    <>
      <Phone contact={bob} view={atAlice} other={atBob} />
      <Phone contact={alice} view={atBob} other={atAlice} />
    </>
  );
}
