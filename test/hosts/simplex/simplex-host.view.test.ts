import { expect } from "@open-wc/testing";
import { SimplexHost } from "../../../src/hosts/simplex/simplex-host.ts";
import type { ConnectionStates } from "../../../src/media/connection/connection.ts";
import { FakePorts } from "../../support/fake-ports.ts";
import { SimplexApp } from "../../support/simplex/app.ts";
import type { ChatMessage } from "../../support/simplex/chat.ts";
import { settled } from "../../support/virtual-clock.ts";
import { candidates, packed, sdp } from "./wire.ts";

type Role = "caller" | "callee";

/** When Chromium 156 tells that nothing comes any more, and that it gives up. Seconds of silence. */
const disconnectedAfter = 5;
const failedAfter = 20;

/** A call of one app over the kit's page, on a clock that the test moves. The other app is played by the test. */
class AppCall {
  readonly ports = new FakePorts();
  readonly app: SimplexApp;
  readonly #role: Role;

  private constructor(app: SimplexApp, role: Role, ports: FakePorts) {
    this.app = app;
    this.#role = role;
    this.ports = ports;
  }

  static async begin(role: Role, reconnect: boolean): Promise<AppCall> {
    const ports = new FakePorts();
    let host = null as SimplexHost | null;
    const app = await SimplexApp.open(
      ({ receive }) => {
        const own = new SimplexHost((reply) => receive(copied(reply)), {}, ports);
        host = own;
        return {
          processCommand: (message) => own.processCommand(copied(message)),
          close: () => own.close(),
        };
      },
      { key: "none", reconnect, now: ports.now },
    );
    if (host === null) throw new Error("the page is not open");
    const call = new AppCall(app, role, ports);
    const said: ChatMessage[] = [];
    app.sendChat = (message) => said.push(message);
    if (role === "caller") {
      app.call("audio");
      await settled();
      const [invitation] = said;
      if (invitation === undefined) throw new Error("nobody was invited");
      const { callId } = invitation;
      await call.#send({
        ...{ callId, type: "x.call.offer" },
        ...{ offer: packed({ type: "offer", sdp }), iceCandidates: packed(candidates) },
      });
    } else {
      await call.#send({ callId: "1", type: "x.call.inv", media: "audio", sentAt: ports.now() });
      app.accept();
    }
    // The first candidates are waited for.
    await ports.clock.advance(1000);
    if (role === "callee") expect(app.state).to.equal("OfferSent");
    return call;
  }

  /** The callee's app gets the answer; a caller's has none to get. */
  async answer(): Promise<void> {
    if (this.#role === "callee")
      await this.#send({
        ...{ callId: "1", type: "x.call.answer" },
        ...{ answer: packed({ type: "answer", sdp }), iceCandidates: packed(candidates) },
      });
  }

  async connect(): Promise<void> {
    await this.answer();
    await this.transport("connecting");
    await this.transport("connected");
  }

  async transport(
    state: RTCPeerConnectionState,
    others: Partial<ConnectionStates> = {},
  ): Promise<void> {
    const { connection } = this.ports;
    const states = {
      ...connection.states,
      ...{ connectionState: state, iceGatheringState: "gathering" as const },
      ...others,
    };
    const isOther = connection.states.connectionState !== state;
    Object.assign(connection, { states });
    if (connection.isClosed) return;
    if (isOther && state !== "closed") connection.listener.pathChanged(state);
    connection.listener.statesChanged?.();
    await settled();
  }

  async pass(seconds: number): Promise<void> {
    await this.ports.clock.advance(seconds * 1000);
  }

  /** Nothing passes for so long; then the old path works again, as it does in Chromium also after `failed`. */
  async cut(seconds: number): Promise<void> {
    for (let second = 1; second <= seconds; second++) {
      await this.pass(1);
      if (second === disconnectedAfter) await this.transport("disconnected");
      if (second === failedAfter) await this.transport("failed");
    }
    if (seconds >= disconnectedAfter) await this.transport("connected");
  }

  /** The app hangs up, and shows nothing that is not so. */
  async end(): Promise<void> {
    this.app.end();
    await settled();
    expect(this.app.violations).to.deep.equal([]);
    expect(this.ports.connections.every(({ isClosed }) => isClosed)).to.equal(true);
    this.app.close();
  }

  async #send(message: ChatMessage): Promise<void> {
    this.app.receiveChat(message);
    await settled();
    await settled();
  }
}

function copied<T>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T;
}

for (const role of ["caller", "callee"] as const) {
  for (const reconnect of [false, true]) {
    const app = `a ${role}'s app that ${reconnect ? "knows" : "does not know"} of paths that come back`;

    describe(`the clock and the chat item of ${app}`, () => {
      for (const [seconds, survives] of [
        [3, true],
        [10, true],
        [19, true],
        [20, reconnect],
        [34, reconnect],
        [40, false],
      ] as const) {
        it(`are those of the call, where the path is cut for ${seconds} s`, async () => {
          const call = await AppCall.begin(role, reconnect);
          await call.connect();
          await call.pass(30);
          await call.cut(seconds);
          await call.pass(10);
          const { view, state } = call.app;
          expect(state).to.equal(survives ? "Connected" : "Ended");
          expect(view.clockStarts.length).to.equal(1);
          // A call whose path does not come back lasts until this side has given it up.
          const hold = reconnect ? 30 : 15;
          const duration = survives ? 40 + seconds : 30 + disconnectedAfter + hold;
          await call.end();
          expect(view.item).to.deep.equal({ status: "ended", duration });
          expect(view.statuses.slice(-3)).to.deep.equal(["negotiated", "progress", "ended"]);
        });
      }

      it("are those of the call, where the path is cut three times", async () => {
        const call = await AppCall.begin(role, reconnect);
        await call.connect();
        for (let times = 0; times < 3; times++) {
          await call.cut(10);
          await call.pass(10);
        }
        await call.end();
        expect(call.app.view.item).to.deep.equal({ status: "ended", duration: 60 });
      });

      it("do not move where gathering ends in the middle of the call, and more than once", async () => {
        const call = await AppCall.begin(role, reconnect);
        await call.connect();
        for (const iceGatheringState of ["complete", "gathering", "complete"] as const) {
          await call.pass(9);
          await call.transport("connected", { iceGatheringState });
        }
        await call.end();
        expect(call.app.view.clockStarts.length).to.equal(1);
        expect(call.app.view.item).to.deep.equal({ status: "ended", duration: 27 });
      });

      it("begin with the connection, where it fails at first and comes after all", async () => {
        const call = await AppCall.begin(role, reconnect);
        await call.answer();
        await call.transport("connecting");
        await call.pass(15);
        await call.transport("failed");
        await call.pass(10);
        expect(call.app.view.item?.status).to.equal("negotiated");
        await call.transport("connecting");
        await call.transport("connected");
        await call.pass(20);
        await call.end();
        expect(call.app.view.item).to.deep.equal({ status: "ended", duration: 20 });
      });

      it("are those of a call that failed, where it has not connected after 30 s", async () => {
        const call = await AppCall.begin(role, reconnect);
        await call.answer();
        await call.transport("connecting");
        await call.pass(15);
        await call.transport("failed");
        await call.pass(30);
        expect(call.app.view.statuses.filter((status) => status === "error").length).to.equal(1);
        await call.end();
        expect(call.app.view.item).to.deep.equal({ status: "error", duration: 0 });
        expect(call.app.view.clockStarts).to.deep.equal([]);
      });

      it("end with the app's own end while a path is looked for", async () => {
        const call = await AppCall.begin(role, reconnect);
        await call.connect();
        await call.pass(20);
        await call.transport("disconnected");
        await call.pass(7);
        await call.end();
        expect(call.app.view.item).to.deep.equal({ status: "ended", duration: 27 });
      });

      if (role === "callee") {
        it("begin with the connection, where the answer comes after 45 s", async () => {
          const call = await AppCall.begin(role, reconnect);
          await call.transport("new");
          await call.pass(45);
          expect(call.app.view.item?.status).to.equal("accepted");
          await call.connect();
          await call.pass(20);
          await call.end();
          expect(call.app.view.item).to.deep.equal({ status: "ended", duration: 20 });
        });
      }
    });
  }
}

describe("the devices of a preview", () => {
  for (const [what, next] of Object.entries<(app: SimplexApp) => Promise<unknown>>({
    "the app ends the call": (app) => app.command({ type: "end" }),
    "the app begins another one": (app) => app.command({ type: "capabilities", media: "audio" }),
    "the app accepts a call": (app) => app.command({ type: "start", media: "audio" }),
  })) {
    for (const mode of ["at once", "on request"] as const) {
      it(`are released where ${what} before it connects, and they open ${mode}`, async () => {
        const ports = new FakePorts();
        ports.capture = mode;
        const app = await SimplexApp.open(({ receive }) => {
          const own = new SimplexHost((reply) => receive(copied(reply)), {}, ports);
          return {
            processCommand: (message) => own.processCommand(copied(message)),
            close: () => own.close(),
          };
        });
        app.line.send({ type: "capabilities", media: "video" });
        await settled();
        const preview = ports.devices;
        expect([...preview.asked]).to.deep.equal(["microphone on", "camera on"]);
        expect(preview.isClosed).to.equal(false);
        ports.capture = "at once";
        void next(app);
        await settled();
        expect(preview.isClosed).to.equal(true);
        expect(ports.captures.filter(({ isClosed }) => !isClosed).length).to.equal(
          what === "the app ends the call" ? 0 : 1,
        );
        app.close();
      });
    }
  }
});
