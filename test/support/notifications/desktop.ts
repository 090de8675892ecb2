import { EventEmitter, once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import type { Server, Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { messageBytes, takeMessage } from "./wire-format.ts";
import type { BusMessage, BusValue } from "./wire-format.ts";

/** A notification as the desktop was asked to show it. */
export interface ShownNotification {
  readonly id: number;
  readonly title: string;
  readonly body: string;
  /** The buttons' words by their keys; `default` is the notification itself. */
  readonly actions: ReadonlyMap<string, string>;
}

const service = "org.freedesktop.Notifications";
const bus = "org.freedesktop.DBus";
/** The service's own name on the bus: a browser believes no other sender. */
const owner = ":1.7";

/**
 * A desktop that shows notifications to nobody, and presses their buttons on request. It has the session bus with the service
 * of the Desktop Notifications Specification. To Chromium a click from here is a click of a person. Nothing else makes one: the
 * DevTools protocol has no such command.
 */
export class Desktop {
  readonly #folder = mkdtempSync(join(tmpdir(), "sx-call-kit-desktop-"));
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  readonly #shown = new Map<
    number,
    { readonly socket: Socket; readonly notification: ShownNotification }
  >();
  readonly #changes = new EventEmitter();
  #lastId = 0;
  #lastSerial = 0;

  private constructor() {
    this.#server = createServer((socket) => {
      this.#serve(socket);
    });
  }

  static async start(): Promise<Desktop> {
    const desktop = new Desktop();
    desktop.#server.listen(join(desktop.#folder, "bus"));
    await once(desktop.#server, "listening");
    return desktop;
  }

  /** Environment variables for a browser. */
  get environment(): { readonly DBUS_SESSION_BUS_ADDRESS: string } {
    return { DBUS_SESSION_BUS_ADDRESS: `unix:path=${join(this.#folder, "bus")}` };
  }

  /** Shown notifications, the oldest first. */
  get shown(): readonly ShownNotification[] {
    return [...this.#shown.values()].map(({ notification }) => notification);
  }

  /** Waits until as many are shown. */
  async until(count: number): Promise<readonly ShownNotification[]> {
    while (this.#shown.size !== count) await once(this.#changes, "change");
    return this.shown;
  }

  /** Presses a button by its words; without words the notification itself. */
  press({ id, actions }: ShownNotification, words?: string): void {
    const [key] =
      [...actions].find(([name, text]) =>
        words === undefined ? name === "default" : text === words,
      ) ?? [];
    const socket = this.#shown.get(id)?.socket;
    if (key === undefined || socket === undefined) throw new Error("There is no such button.");
    this.#signal(socket, "ActionInvoked", "us", [id, key]);
  }

  /** Has a person put all of them away without an answer. */
  dismissAll(): void {
    for (const [id, { socket }] of this.#shown) this.#close(socket, id, 2);
  }

  stop(): void {
    for (const socket of this.#sockets) socket.destroy();
    this.#server.close();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #serve(socket: Socket): void {
    this.#sockets.add(socket);
    let bytes = Buffer.alloc(0);
    let isOpen = false;
    socket.on("error", () => socket.destroy());
    socket.on("data", (data) => {
      bytes = Buffer.concat([bytes, data]);
      while (!isOpen) {
        const end = bytes.indexOf("\r\n");
        if (end < 0) return;
        const line = bytes.toString("latin1", 0, end);
        bytes = bytes.subarray(end + 2);
        if (line === "BEGIN") isOpen = true;
        else
          socket.write(
            /^\0?AUTH EXTERNAL/.test(line) ? `OK ${"0123456789abcdef".repeat(2)}\r\n` : "ERROR\r\n",
          );
      }
      for (let taken = takeMessage(bytes); taken !== null; taken = takeMessage(bytes)) {
        bytes = Buffer.from(taken.rest);
        if (taken.message.type === 1) this.#answer(socket, taken.message);
      }
    });
  }

  #answer(socket: Socket, call: BusMessage): void {
    const sender = call.interface === service ? owner : bus;
    const [signature, ...values] = this.#reply(socket, call) ?? [null];
    const type = signature === null ? 3 : 2;
    const fields = {
      6: ":1.1",
      7: sender,
      ...(type === 3 && { 4: `${bus}.Error.ServiceUnknown` }),
    };
    const head = { type, serial: ++this.#lastSerial, replyTo: call.serial, fields };
    socket.write(messageBytes(head, signature ?? "", values));
  }

  /** A reply's signature and values; `null` where there is no such thing here. */
  #reply(
    socket: Socket,
    call: BusMessage,
  ): readonly [signature: string, ...values: BusValue[]] | null {
    switch (call.member) {
      case "Hello":
        return ["s", ":1.1"];
      case "GetNameOwner":
        return call.body.string() === service ? ["s", owner] : null;
      case "NameHasOwner":
        return ["b", call.body.string() === service];
      case "ListNames":
      case "ListActivatableNames":
        return ["as", [bus, service]];
      case "StartServiceByName":
        return call.body.string() === service ? ["u", 2] : null;
      case "AddMatch":
      case "RemoveMatch":
        return [""];
      case "GetCapabilities":
        return ["as", ["actions", "body", "persistence"]];
      case "GetServerInformation":
        return ["ssss", "sx-call-kit", "sx-call-kit", "1", "1.2"];
      case "Notify":
        return ["u", this.#show(socket, call)];
      case "CloseNotification":
        this.#close(socket, call.body.uint32(), 3);
        return [""];
      default:
        return null;
    }
  }

  /** `Notify(app, replaces, icon, title, body, actions, ...)`. */
  #show(socket: Socket, { body: given }: BusMessage): number {
    given.string();
    const id = given.uint32() || ++this.#lastId;
    given.string();
    const [title, body, buttons] = [given.string(), given.string(), given.strings()];
    const actions = new Map(
      buttons.flatMap((key, at) => (at % 2 === 0 ? [[key, buttons[at + 1] ?? ""] as const] : [])),
    );
    this.#shown.set(id, { socket, notification: { id, title, body, actions } });
    this.#changes.emit("change");
    return id;
  }

  /** @param reason 2: by the person; 3: by a call of `CloseNotification`. */
  #close(socket: Socket, id: number, reason: number): void {
    if (!this.#shown.delete(id)) return;
    this.#signal(socket, "NotificationClosed", "uu", [id, reason]);
    this.#changes.emit("change");
  }

  #signal(socket: Socket, member: string, signature: string, values: readonly BusValue[]): void {
    const fields = { 1: "/org/freedesktop/Notifications", 2: service, 3: member, 7: owner };
    socket.write(messageBytes({ type: 4, serial: ++this.#lastSerial, fields }, signature, values));
  }
}
