import type { PageChannel } from "./page-channels.ts";
import { isRecord } from "./packing.ts";
import type { Command, HostMessage, PageMessage } from "./protocol.ts";

interface Pending {
  readonly message: HostMessage;
  readonly resolve: (reply: PageMessage) => void;
}

/** A page camera that an old peer cannot take: the one reply to nobody's command that the document has. */
const madeUp = JSON.stringify(sorted({ type: "media", source: "camera", enable: false }));

/** An app's line to its page: what went in, what came out, which reply belongs to which command. */
export class PageLine {
  readonly sent: HostMessage[] = [];
  readonly received: PageMessage[] = [];
  /** Undocumented messages of the page, described as text. */
  readonly violations: string[] = [];
  readonly #hasIds: boolean;
  readonly #heed: (message: PageMessage) => void;
  readonly #pending: Pending[] = [];
  #page: PageChannel | null = null;
  #ids = 0;

  constructor(hasIds: boolean, heed: (message: PageMessage) => void) {
    this.#hasIds = hasIds;
    this.#heed = heed;
  }

  open(page: PageChannel): void {
    this.#page = page;
  }

  get page(): PageChannel {
    if (this.#page === null) throw new Error("the page is not open");
    return this.#page;
  }

  /** Commands that have no reply yet. */
  get unanswered(): Command["type"][] {
    return this.#pending.map(({ message }) => message.command.type);
  }

  send(command: Command): void {
    void this.request(command);
  }

  /** Never resolves where the page does not reply. */
  request(command: Command): Promise<PageMessage> {
    const message: HostMessage = { ...(this.#hasIds && { corrId: String(++this.#ids) }), command };
    this.sent.push(message);
    return new Promise((resolve) => {
      this.#pending.push({ message, resolve });
      this.page.processCommand(message);
    });
  }

  receive(value: unknown): void {
    if (!isRecord(value) || !isRecord(value.resp) || typeof value.resp.type !== "string") {
      this.violations.push("a message without resp");
      return;
    }
    // From here on the page's word is taken; a test that doubts it looks at `received`.
    const message = value as unknown as PageMessage;
    this.received.push(message);
    if (message.command !== undefined) this.#settle(message);
    else if (isReply(message)) this.violations.push(`${message.resp.type} without the command`);
    this.#heed(message);
  }

  #settle(message: PageMessage): void {
    const echo = JSON.stringify(sorted(message.command));
    const index = this.#pending.findIndex(
      ({ message: { corrId, command } }) =>
        corrId === message.corrId && JSON.stringify(sorted(command)) === echo,
    );
    const [pending] = index < 0 ? [] : this.#pending.splice(index, 1);
    if (pending !== undefined) pending.resolve(message);
    else if (message.resp.type !== "ok" || echo !== madeUp)
      this.violations.push(`${message.resp.type} to no open command`);
  }
}

function isReply({ resp: { type } }: PageMessage): boolean {
  return type === "ok" || type === "capabilities" || type === "offer" || type === "answer";
}

/** The same value with its keys in order: an echo is compared by what it says. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, entry]) => [key, sorted(entry)]),
  );
}
