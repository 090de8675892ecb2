import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { createHmac, randomBytes } from "node:crypto";
import { createSocket } from "node:dgram";
import { once } from "node:events";
import { accessSync, constants, mkdtempSync, rmSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { freePort } from "../free-port.ts";

const address = "127.0.0.1";
const startMilliseconds = 15_000;
const stopMilliseconds = 5_000;
/** Validity of credentials in seconds. */
const validSeconds = 3600;

/** Options of a server. */
export interface TurnServerOptions {
  /** Where it listens, UDP and TCP alike: a free port by default. A server that comes back takes its former one. */
  readonly port?: number;
  /** The secret that it shares with whoever gives credentials: a random one by default. */
  readonly secret?: string;
  /** Transports to listen on: both by default. */
  readonly transports?: readonly TurnTransport[];
  /** The address of loopback that its relayed addresses are of: that on which it listens by default. */
  readonly relayAddress?: string;
  /**
   * `true` if it relays anything: without, it gives relayed addresses and lets nothing through to this machine. True by
   * default.
   */
  readonly relays?: boolean;
}

/** Transport of clients. Relays use UDP between each other. */
export type TurnTransport = "udp" | "tcp";

/** Returns `true` if tests that need a TURN server are skipped here, which is then said once. In CI it must be there. */
export function skipsTurn(): boolean {
  if (TurnServer.find() !== null || process.env.CI) return false;
  process.stdout.write(
    "No TURN server here: its tests are skipped. Install coturn (apt-get install coturn) or set TURNSERVER_PATH.\n",
  );
  return true;
}

/**
 * A TURN server (Debian's coturn) on this machine's loopback, for UDP and TCP, with the credentials of the TURN REST API
 * (draft-uberti-behave-turn-rest-00). The holder of the secret issues credentials that expire. Nothing of it is left after
 * `stop()`.
 *
 * Browsers ask it from `startBrowser()`. Firefox 153 asks no server on loopback without `media.peerconnection.ice.loopback`: it says
 * 701 as for one that is not there. Chromium 156 does, from the machine's other interfaces; where there is none but loopback it needs
 * `--allow-loopback-in-peer-connection`, and Firefox asks nobody, taking itself for offline. Neither refuses relayed addresses of loopback.
 */
export class TurnServer {
  readonly port: number;
  readonly secret: string;
  readonly #process: ChildProcess;
  readonly #folder: string;

  private constructor(port: number, secret: string, process: ChildProcess, folder: string) {
    this.port = port;
    this.secret = secret;
    this.#process = process;
    this.#folder = folder;
  }

  /** Where coturn is: what the environment names, else what is installed; `null` where there is none. */
  static find(): string | null {
    if (process.env.TURNSERVER_PATH) return process.env.TURNSERVER_PATH;
    // Debian's lies in /usr/bin, others' in folders for daemons, which are not on everybody's path.
    const folders = [
      ...(process.env.PATH ?? "").split(delimiter),
      "/usr/bin",
      "/usr/sbin",
      "/usr/local/bin",
      "/opt/homebrew/bin",
    ];
    return (
      folders
        .filter(Boolean)
        .map((folder) => join(folder, "turnserver"))
        .find(canRun) ?? null
    );
  }

  /** Starts one, and waits until it answers on both transports. */
  static async start(options: TurnServerOptions = {}): Promise<TurnServer> {
    const path = TurnServer.find();
    if (path === null)
      throw new Error("There is no TURN server: install coturn (Debian: apt-get install coturn).");
    const port = options.port ?? (await freePortOfBoth());
    const secret = options.secret ?? randomBytes(16).toString("hex");
    const transports = options.transports ?? (["udp", "tcp"] as const);
    const folder = mkdtempSync(join(tmpdir(), "sx-turn-"));
    const child = spawn(path, serverArguments(port, secret, folder, { ...options, transports }), {
      cwd: folder,
      stdio: ["ignore", "pipe", "pipe"],
    });
    let log = "";
    for (const stream of [child.stdout, child.stderr])
      stream.on("data", (text: Buffer) => (log = (log + text.toString()).slice(-4000)));
    const server = new TurnServer(port, secret, child, folder);
    try {
      await Promise.race([server.#answers(transports), failed(child)]);
    } catch (error) {
      await server.stop();
      throw new Error(`The TURN server did not start. ${log}`, { cause: error });
    }
    return server;
  }

  /** The addresses of its two transports. */
  get urls(): { readonly udp: string; readonly tcp: string } {
    const url = `turn:${address}:${this.port}`;
    return { udp: `${url}?transport=udp`, tcp: `${url}?transport=tcp` };
  }

  /** The address for STUN, which asks for no credentials. */
  get stunUrl(): string {
    return `stun:${address}:${this.port}`;
  }

  /** Credentials that are good for an hour, or for `seconds`: a name that is the time of their end, and a password made of it. */
  credentials(seconds = validSeconds): { readonly username: string; readonly credential: string } {
    const username = String(Math.floor(Date.now() / 1000) + seconds);
    return {
      username,
      credential: createHmac("sha1", this.secret).update(username).digest("base64"),
    };
  }

  /** Returns servers for a page: both transports by default. */
  iceServers(
    ...transports: TurnTransport[]
  ): { urls: string[]; username: string; credential: string }[] {
    const names: readonly TurnTransport[] = transports.length > 0 ? transports : ["udp", "tcp"];
    return [{ urls: names.map((name) => this.urls[name]), ...this.credentials() }];
  }

  /** Ends it at once, as a server that breaks down, and waits until it is gone. */
  async stop(): Promise<void> {
    if (
      this.#process.pid !== undefined &&
      this.#process.exitCode === null &&
      this.#process.signalCode === null
    ) {
      const gone = once(this.#process, "exit");
      // Not SIGTERM: coturn then takes leave of its clients for seconds.
      this.#process.kill("SIGKILL");
      await withTime(gone, stopMilliseconds, "The TURN server does not end.");
    }
    rmSync(this.#folder, { recursive: true, force: true });
  }

  async #answers(transports: readonly TurnTransport[]): Promise<void> {
    const deadline = Date.now() + startMilliseconds;
    const asks = { udp: answersUdp, tcp: answersTcp };
    while (
      !(await Promise.all(transports.map((transport) => asks[transport](this.port)))).every(Boolean)
    ) {
      if (Date.now() > deadline) throw new Error("It does not answer.");
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

function serverArguments(
  port: number,
  secret: string,
  folder: string,
  { transports = [], relays = true, relayAddress = address }: TurnServerOptions,
): string[] {
  return [
    // Nothing of the machine's own settings.
    ...[
      "-n",
      `--userdb=${join(folder, "turndb")}`,
      `--pidfile=${join(folder, "pid")}`,
      "--log-file=stdout",
      "--no-cli",
    ],
    ...[`--listening-ip=${address}`, `--relay-ip=${relayAddress}`, `--listening-port=${port}`],
    ...["--no-tls", "--no-dtls", "--no-rfc5780", "--no-multicast-peers"],
    ...(["udp", "tcp"] as const)
      .filter((transport) => !transports.includes(transport))
      .map((transport) => `--no-${transport}`),
    // Its peers are the relayed addresses of the other side, which are on loopback here.
    ...(relays ? ["--allow-loopback-peers"] : []),
    ...[
      "--use-auth-secret",
      `--static-auth-secret=${secret}`,
      "--realm=sx-call-kit.invalid",
      "--fingerprint",
    ],
    ...["--relay-threads=1", "--no-tcp-relay", "--no-software-attribute"],
  ];
}

function canRun(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

async function failed(child: ChildProcess): Promise<never> {
  // `once` rejects where the process cannot be started at all.
  await once(child, "exit");
  throw new Error("It ended.");
}

/** A port of loopback that is free for TCP and for UDP. */
async function freePortOfBoth(): Promise<number> {
  for (;;) {
    const port = await freePort();
    const socket = createSocket("udp4");
    const isFree = await new Promise<boolean>((resolve) => {
      socket.once("error", () => resolve(false));
      socket.bind(port, address, () => resolve(true));
    });
    if (isFree) {
      socket.close();
      return port;
    }
  }
}

function answersTcp(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, address);
    socket.once("connect", () => {
      socket.destroy();
      resolve(true);
    });
    socket.once("error", () => resolve(false));
  });
}

/** Asks as STUN asks: a binding request without attributes (RFC 8489 section 5). */
function answersUdp(port: number): Promise<boolean> {
  const request = Buffer.concat([
    Buffer.from([0, 1, 0, 0, 0x21, 0x12, 0xa4, 0x42]),
    randomBytes(12),
  ]);
  const socket = createSocket("udp4");
  const answer = new Promise<boolean>((resolve) => {
    socket.once("message", () => resolve(true));
    socket.once("error", () => resolve(false));
    setTimeout(resolve, 250, false);
    socket.send(request, port, address);
  });
  return answer.finally(() => socket.close());
}

async function withTime<T>(work: Promise<T>, milliseconds: number, sentence: string): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(sentence)), milliseconds);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
