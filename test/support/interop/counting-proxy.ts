import { createSocket } from "node:dgram";
import type { Socket } from "node:dgram";
import { once } from "node:events";
import { connect, createServer } from "node:net";
import type { AddressInfo, Server } from "node:net";

const address = "127.0.0.1";

/** Stands before a server on this machine's loopback, UDP and TCP alike, and counts who comes. It may be far away by UDP. */
export class CountingProxy {
  /** Packets and connections that came. */
  count = 0;
  readonly port: number;
  readonly #tcp: Server;
  readonly #udp: Socket;
  readonly #closes: (() => void)[] = [];

  private constructor(tcp: Server, udp: Socket, target: number, delay: number) {
    this.port = (tcp.address() as AddressInfo).port;
    this.#tcp = tcp;
    this.#udp = udp;
    tcp.on("connection", (client) => {
      this.count += 1;
      const server = connect(target, address);
      client.pipe(server).pipe(client);
      for (const socket of [client, server]) {
        socket.on("error", () => [client, server].forEach((each) => each.destroy()));
        this.#closes.push(() => socket.destroy());
      }
    });
    const later = (work: () => void) => {
      if (delay === 0) {
        work();
        return;
      }
      const timer = setTimeout(work, delay);
      this.#closes.push(() => clearTimeout(timer));
    };
    // A socket for each client: the server tells them apart by it.
    const clients = new Map<number, Socket>();
    udp.on("message", (packet, { port }) => {
      this.count += 1;
      let onward = clients.get(port);
      if (onward === undefined) {
        onward = createSocket("udp4");
        clients.set(port, onward);
        onward.on("message", (answer) => later(() => udp.send(answer, port, address)));
        onward.on("error", () => undefined);
        this.#closes.push(() => onward?.close());
      }
      const way = onward;
      later(() => way.send(packet, target, address));
    });
  }

  /**
   * @param target the server's port.
   * @param delay milliseconds for each packet of UDP, each way.
   */
  static async start(target: number, delay = 0): Promise<CountingProxy> {
    const tcp = createServer().listen(0, address);
    await once(tcp, "listening");
    const udp = createSocket("udp4");
    udp.bind((tcp.address() as AddressInfo).port, address);
    await once(udp, "listening");
    return new CountingProxy(tcp, udp, target, delay);
  }

  close(): void {
    this.#udp.removeAllListeners("message").close();
    this.#tcp.close();
    for (const close of this.#closes) close();
  }
}
