import "sx-call-kit/define";
import type { Meta, StoryObj } from "@storybook/web-components-vite";
import { html, type TemplateResult } from "lit";
import { styleMap } from "lit/directives/style-map.js";
import { expect, userEvent, waitFor } from "storybook/test";
import type { CallSnapshot, Contact, SxCallView } from "sx-call-kit";
import type { CallTracks } from "../src/controller/call-source.ts";
import { ann, noura } from "./support/contacts.ts";
import { drawnTracks } from "./support/drawn-tracks.ts";
import { fixedCalls } from "./support/fixed-calls.ts";
import { fixedText, type FixedText } from "./support/fixed-text.ts";
import { aSnapshot } from "./support/snapshots.ts";

interface Args {
  readonly contact: Contact;
  readonly snapshot: CallSnapshot;
  readonly tracks: () => Partial<CallTracks>;
  /** The text of the call, made for every rendering of the story. */
  readonly text: () => FixedText;
  /** Whether the panel is open. */
  readonly isOpen: boolean;
  readonly transcript: boolean;
  readonly inlineSize: string;
  readonly blockSize: string;
  readonly fontSize: string;
}

function view(args: Args): TemplateResult {
  const { contact, snapshot, tracks, text, transcript, inlineSize, blockSize, fontSize } = args;
  const { connectedAt } = snapshot;
  const present =
    connectedAt === null ? snapshot : { ...snapshot, connectedAt: Date.now() - 754_300 };
  const calls = Object.defineProperties(fixedCalls(present, tracks()), {
    text: { value: text() },
  });
  return html`<div
    style=${styleMap({ inlineSize, blockSize, fontSize, fontFamily: "system-ui, sans-serif" })}
  >
    <sx-call-view
      volume="0"
      keep-bars
      ?transcript=${transcript}
      .contact=${contact}
      .calls=${calls}
    ></sx-call-view>
  </div>`;
}

/** The view of a story, and its root. */
function shown(canvas: HTMLElement) {
  const element = canvas.querySelector<SxCallView>("sx-call-view")!;
  const find = <T extends HTMLElement>(selector: string) =>
    element.shadowRoot!.querySelector<T>(selector);
  return { element, find, text: element.calls.text as FixedText };
}

/** Opens the panel as a person does, and waits for its chunk. */
async function open(canvas: HTMLElement) {
  const view = shown(canvas);
  await view.element.updateComplete;
  view.element.performScreenAction("text");
  await waitFor(() => expect(view.find(".draft")).not.toBeNull());
  // Its styles are there, too.
  await waitFor(() => expect(getComputedStyle(view.find(".write")!).display).toBe("flex"));
  return view;
}

const hello = { op: "hello" } as const;
const say = (text: string) => ({ op: "say", text }) as const;
const writing = (add: string) => ({ op: "edit", keep: 0, add }) as const;

/** Some text of both sides. */
function some(): FixedText {
  const text = fixedText(hello, say("I cannot speak here. Can we write?"));
  text.sendMessage("Of course! Take your time.");
  text.settle();
  text.hear(say("Thanks 🙏"));
  text.hear(say("I am on the train, and the connection comes and goes a bit."));
  text.sendMessage("When do you arrive?");
  text.settle();
  text.hear(writing("At half past sev"));
  return text;
}

function inArabic(): FixedText {
  const text = fixedText(hello, say("لا أستطيع التحدث هنا. هل نكتب؟"));
  text.sendMessage("طبعًا! على مهلك.");
  text.settle();
  text.hear(say("أنا في القطار الآن، رقم ICE 512."));
  text.hear(writing("سأصل في السابعة والن"));
  return text;
}

const phone = { inlineSize: "390px", blockSize: "844px" };

const meta = {
  title: "Call view/Text",
  component: "sx-call-view",
  render: view,
  args: {
    contact: ann,
    snapshot: aSnapshot("connected", "audio"),
    tracks: () => ({}),
    text: some,
    isOpen: true,
    transcript: false,
    fontSize: "16px",
    ...phone,
  },
  argTypes: {
    tracks: { control: false, description: "The pictures, drawn: no camera, no network." },
    text: { control: false, description: "The text of the call, by its real rules." },
  },
  play: async ({ canvasElement, args }) => {
    if (args.isOpen) await open(canvasElement);
  },
} satisfies Meta<Args>;
export default meta;

type Story = StoryObj<Args>;

/** The other side's line is seen while it is written, and is no part of what a screen reader reads by itself. */
export const BothWrite: Story = {
  play: async ({ canvasElement }) => {
    const { find } = await open(canvasElement);
    const log = find("[role=log]")!;
    await expect(log.textContent).toContain("Thanks 🙏");
    await expect(log.textContent).not.toContain("half past sev");
    await expect(find("[part=their-line]")!.textContent).toContain("half past sev");
  },
};

export const Dark: Story = { globals: { scheme: "dark" } };

export const RightToLeft: Story = {
  args: { contact: noura, text: inArabic },
  globals: { direction: "rtl" },
};

export const Video: Story = {
  args: { snapshot: aSnapshot("connected", "video"), tracks: () => drawnTracks() },
};

/** Beside the picture, which is not covered. */
export const VideoOnADesktop: Story = {
  args: { ...Video.args, inlineSize: "1280px", blockSize: "800px" },
};

export const AudioOnADesktop: Story = { args: { inlineSize: "1280px", blockSize: "800px" } };

export const Low: Story = { args: { inlineSize: "360px", blockSize: "300px" } };

export const LowVideo: Story = { args: { ...Video.args, inlineSize: "420px", blockSize: "460px" } };

export const OnItsSide: Story = { args: { inlineSize: "844px", blockSize: "390px" } };

export const TwiceAsLarge: Story = {
  play: async ({ canvasElement }) => {
    document.documentElement.style.fontSize = "200%";
    await open(canvasElement);
    document.documentElement.style.fontSize = "";
  },
};

/** A person opens it by the toolbar, writes, corrects and sends. No key is a shortcut of the call meanwhile. */
export const Writing: Story = {
  args: { text: () => fixedText(hello), inlineSize: "800px", blockSize: "600px" },
  play: async ({ canvasElement }) => {
    const { element, find, text } = shown(canvasElement);
    await element.updateComplete;
    const controls = find("sx-call-controls")!.shadowRoot!;
    await waitFor(() => expect(controls.querySelector("[part~=text]")).not.toBeNull());
    const button = controls.querySelector<HTMLElement>("[part~=text]")!;
    await userEvent.click(button);
    await waitFor(() => expect(element.shadowRoot!.activeElement).toBe(find(".draft")));
    await userEvent.keyboard("mvs h ?");
    await expect((element.calls as unknown as { asked: unknown[] }).asked).toEqual([]);
    await expect(text.conversation.ownLine).toBe("mvs h ?");
    await userEvent.keyboard("{Backspace>7/}Hello{Shift>}{Enter}{/Shift}Ann");
    await expect(text.conversation.ownLine).toBe("Hello\nAnn");
    await userEvent.keyboard("{Enter}");
    await expect(text.conversation.messages.map((message) => message.text)).toEqual(["Hello\nAnn"]);
    await waitFor(() => expect(find<HTMLTextAreaElement>(".draft")!.value).toBe(""));
    await userEvent.keyboard("{Escape}");
    await waitFor(() => expect(find(".panel")).toBeNull());
    await expect(controls.activeElement).toBe(button);
  },
};

/** Nobody has written yet. */
export const Empty: Story = { args: { text: () => fixedText(hello) } };

/** The host has asked for a transcript, and the person is notified. */
export const Kept: Story = { args: { text: () => fixedText(hello), transcript: true } };

/** Text that arrives while the panel is closed is shown, marked on the toolbar, and read once. A press opens it. */
export const ArrivedUnseen: Story = {
  args: { isOpen: false, text: () => fixedText(hello) },
  play: async ({ canvasElement }) => {
    const { element, find, text } = shown(canvasElement);
    await element.updateComplete;
    text.hear(say("Can you hear me?"));
    await waitFor(() => expect(find("[part=open-text]")).not.toBeNull());
    const statuses = element.shadowRoot!.querySelectorAll("[role=status]");
    await expect([...statuses].map((each) => each.textContent).join(" ")).toContain(
      "Can you hear me?",
    );
    const controls = find("sx-call-controls")!.shadowRoot!;
    await waitFor(() => expect(controls.querySelector(".unread")).not.toBeNull());
  },
};

export const UnseenOverVideo: Story = {
  ...ArrivedUnseen,
  args: { ...Video.args, isOpen: false, text: () => fixedText(hello) },
};

/** The other side is writing, and the panel is closed. */
export const WritingUnseen: Story = {
  args: { isOpen: false, text: () => fixedText(hello, writing("Can you he")) },
};

/** For who reads from afar, or sees little. */
export const LargeText: Story = {
  play: async ({ canvasElement }) => {
    const { find } = await open(canvasElement);
    await userEvent.click(find(".text-size")!);
    await waitFor(() => expect(find(".conversation.large")).not.toBeNull());
  },
};

/** Without a path own messages wait, and say so. */
export const Waiting: Story = {
  args: {
    snapshot: aSnapshot("reconnecting", "audio"),
    text: () => {
      const text = some();
      text.online(false);
      text.sendMessage("Are you still there?");
      return text;
    },
  },
};

export const OnHold: Story = {
  args: { snapshot: aSnapshot("connected", "audio", { held: { local: true, remote: false } }) },
};

/** What the other side chose to send: marks that turn other text, towers of marks, tags, a gap. */
export const Hostile: Story = {
  args: {
    contact: { id: "m", name: "\u202Emallory\u2066" },
    text: () => {
      const text = fixedText(
        hello,
        say("\u202Eabc\u202C <b>not bold</b> <img src=x onerror=alert(1)>"),
        say(`z${"\u0301\u0335".repeat(60)}algo`),
        say("x".repeat(3000).slice(0, 400)),
      );
      text.hear(say("after a gap"), 4);
      text.sendMessage("I see only text.");
      text.settle();
      return text;
    },
  },
  play: async ({ canvasElement }) => {
    const { find } = await open(canvasElement);
    await expect(find("[role=log]")!.querySelector("b, img")).toBeNull();
    await expect(find("[role=log]")!.textContent).toContain("<b>not bold</b>");
  },
};
