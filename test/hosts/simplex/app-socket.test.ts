import { expect } from "@open-wc/testing";
import { AppSocket } from "../../../src/hosts/simplex/app-socket.ts";
import type {
  AppAnswer,
  AppSocketPorts,
  PageSocket,
} from "../../../src/hosts/simplex/app-socket.ts";
import { settled, VirtualClock } from "../../support/virtual-clock.ts";

class FakeSocket extends EventTarget {
  readyState = 0;
  readonly sent: string[] = [];

  send(text: string): void {
    this.sent.push(text);
  }

  open(): void {
    this.readyState = 1;
    this.dispatchEvent(new Event("open"));
  }

  receive(data: string): void {
    this.dispatchEvent(new MessageEvent("message", { data }));
  }

  close(): void {
    this.readyState = 3;
    this.dispatchEvent(new Event("close"));
  }
}

/** A page's socket, with an app that answers as the test says. */
class Page {
  readonly clock = new VirtualClock();
  readonly sockets: FakeSocket[] = [];
  readonly statuses: string[] = [];
  readonly received: unknown[] = [];
  answer: AppAnswer = "accepts";
  asked = 0;
  closed = 0;
  isDone = false;
  send: (text: string) => void = () => undefined;
  readonly socket: AppSocket;

  constructor() {
    const ports: AppSocketPorts = {
      open: () => {
        const socket = new FakeSocket();
        this.sockets.push(socket);
        // Its events are untyped, as those of every EventTarget.
        return socket as unknown as PageSocket;
      },
      ask: () => {
        this.asked += 1;
        return Promise.resolve(this.answer);
      },
      setTimer: this.clock.setTimer,
    };
    this.socket = new AppSocket(ports, {
      opened: (send) => {
        this.send = send;
      },
      received: (data) => this.received.push(data),
      closed: () => {
        this.closed += 1;
        return this.isDone;
      },
      changed: (status) =>
        this.statuses.push(
          "problem" in status ? `${status.state} ${status.problem}` : status.state,
        ),
    });
    this.socket.connect();
  }

  get last(): FakeSocket {
    return this.sockets.at(-1)!;
  }

  /** Lets a minute pass, in which every socket is closed as soon as it is made. */
  async refuseForAMinute(opensFirst = false): Promise<void> {
    for (let second = 0; second < 120; second++) {
      if (this.last.readyState !== 3) {
        if (opensFirst) this.last.open();
        this.last.close();
      }
      await this.clock.advance(500);
    }
  }
}

describe("the socket of the desktop's page", () => {
  it("takes the app's texts and hands the page's over, for as long as it is open", () => {
    const page = new Page();
    page.last.open();
    page.last.receive("one");
    page.send("two");
    page.last.close();
    page.send("three");
    expect(page.received).to.deep.equal(["one"]);
    expect(page.last.sent).to.deep.equal(["two"]);
    expect(page.statuses.slice(0, 2)).to.deep.equal(["connecting", "open"]);
    expect(page.closed).to.equal(1);
  });

  it("comes back where the app closed it in the middle of a call, and speaks over the new one", async () => {
    const page = new Page();
    page.last.open();
    page.last.receive("one");
    page.last.close();
    await page.clock.advance(500);
    expect(page.sockets.length).to.equal(2);
    page.last.open();
    page.last.receive("two");
    page.send("three");
    expect(page.last.sent).to.deep.equal(["three"]);
    expect(page.received).to.deep.equal(["one", "two"]);
    expect(page.statuses).to.deep.equal(["connecting", "open", "retrying closed", "open"]);
  });

  for (const [answer, problem] of [
    ["refuses", "refused"],
    ["silent", "silent"],
  ] as const) {
    it(`is tried five times and given up where the app ${answer === "silent" ? "is silent" : answer}`, async () => {
      const page = new Page();
      page.answer = answer;
      page.last.close();
      await page.clock.advance(60_000);
      expect(page.asked).to.equal(5);
      // One more would write its address into the console.
      expect(page.sockets.length).to.equal(1);
      expect(page.statuses.at(-1)).to.equal(`given-up ${problem}`);
      expect(page.closed).to.equal(0);
      expect(page.clock.pending).to.equal(0);
    });
  }

  it("is not tried for ever where the app accepts it and closes it at once", async () => {
    const page = new Page();
    await page.refuseForAMinute(true);
    expect(page.sockets.length).to.equal(6);
    expect(page.statuses.at(-1)).to.equal("given-up closed");
  });

  it("has all its tries again once the app has said something", async () => {
    const page = new Page();
    page.last.open();
    for (let times = 0; times < 8; times++) {
      page.last.receive("hello");
      page.last.close();
      await page.clock.advance(500);
      page.last.open();
    }
    expect(page.sockets.length).to.equal(9);
  });

  it("is not tried after a call that is done with", async () => {
    const page = new Page();
    page.last.open();
    page.isDone = true;
    page.last.close();
    await page.clock.advance(60_000);
    expect([page.asked, page.sockets.length]).to.deep.equal([0, 1]);
  });

  it("is tried once more by a person, after it was given up", async () => {
    const page = new Page();
    page.answer = "silent";
    page.last.close();
    await page.clock.advance(60_000);
    page.answer = "accepts";
    page.socket.retry();
    await page.clock.advance(0);
    page.last.open();
    expect(page.sockets.length).to.equal(2);
    expect(page.statuses.at(-1)).to.equal("open");
  });

  it("is made once where a person asks for it during a try, or twice in a row", async () => {
    const page = new Page();
    page.last.close();
    page.socket.retry();
    page.socket.retry();
    await page.clock.advance(60_000);
    expect(page.sockets.length).to.equal(2);
    page.last.open();
    page.socket.retry();
    await page.clock.advance(60_000);
    await settled();
    expect(page.sockets.length).to.equal(2);
  });

  it("is left to another tab with the same page, where the app has closed it for that one", async () => {
    const page = new Page();
    page.last.open();
    page.socket.giveWay();
    page.last.receive("still here");
    expect(page.received).to.deep.equal(["still here"]);
    page.last.close();
    await page.clock.advance(60_000);
    expect(page.sockets.length).to.equal(1);
    expect(page.statuses.at(-1)).to.equal("given-up replaced");
    // Unless a person wants this one.
    page.socket.retry();
    await page.clock.advance(0);
    expect(page.sockets.length).to.equal(2);
  });

  it("is left to a tab that is opened while it is tried again", async () => {
    const page = new Page();
    page.last.open();
    page.last.close();
    page.socket.giveWay();
    await page.clock.advance(60_000);
    expect(page.sockets.length).to.equal(1);
    expect(page.statuses.at(-1)).to.equal("given-up replaced");
  });
});
