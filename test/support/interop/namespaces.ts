import { spawn, spawnSync } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { connect, createServer } from "node:net";
import type { Server, Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { launch } from "puppeteer-core";
import type { Browser } from "puppeteer-core";
import { browserArguments } from "../../../.config/browser-options.mjs";
import { findBrowser } from "../../../.tools/find-browser.mjs";

/** One of the caller's two ways to the router, such as a Wi-Fi and a mobile network. */
export type Link = "wifi" | "mobile";

type Role = "caller" | "router" | "callee";

const links = {
  wifi: { own: "10.213.1.1", router: "10.213.1.254" },
  mobile: { own: "10.213.2.1", router: "10.213.2.254" },
} as const;
const callee = { own: "10.213.3.1", router: "10.213.3.254" };

/** Returns `true` if tests that need network namespaces are skipped here, which is then said once. In CI they must be there. */
export function skipsNamespaces(): boolean {
  if (process.env.CI) return false;
  const name = `sx-${process.pid}-try`;
  const canMake = spawnSync("ip", ["netns", "add", name], { stdio: "ignore" }).status === 0;
  if (canMake) {
    spawnSync("ip", ["netns", "del", name]);
    return false;
  }
  process.stdout.write(
    "No network namespaces here: their tests are skipped. They need root and ip (Debian: iproute2).\n",
  );
  return true;
}

/**
 * Two devices and a router between them, each a network namespace of this machine (Linux `ip-netns(8)`). The caller has two
 * interfaces, of which one has an address; the callee has one. The engines meet what they meet outside: interfaces that go down
 * and up, addresses that go and come, and the kernel's word of it. Each browser is driven over a pipe. It loads its pages from
 * a port of its own loopback, which this process serves. A namespace's loopback is its own.
 */
export class Namespaces {
  readonly #names: Readonly<Record<Role, string>>;
  readonly #folder = mkdtempSync(join(tmpdir(), "sx-namespaces-"));
  readonly #proxy: Server;
  readonly #sockets = new Set<Socket>();
  readonly #processes: ChildProcess[] = [];
  readonly #browsers: Browser[] = [];
  readonly #port: number;
  /** The link that the caller uses. */
  used: Link = "wifi";

  private constructor(port: number) {
    removeAbandoned();
    this.#port = port;
    const name = (role: string) => `sx-${process.pid}-${role}`;
    this.#names = { caller: name("caller"), router: name("router"), callee: name("callee") };
    this.#proxy = createServer((client) => this.#join(client, connect(port, "127.0.0.1")));
  }

  /** @param port the web server's, on the loopback of this process: it is the same in each namespace. */
  static async start(port: number): Promise<Namespaces> {
    const networks = new Namespaces(port);
    try {
      await networks.#start();
    } catch (error) {
      await networks.stop();
      throw error;
    }
    return networks;
  }

  get caller(): Browser {
    return this.#browsers[0]!;
  }

  get callee(): Browser {
    return this.#browsers[1]!;
  }

  /** The link that the caller does not use. */
  get other(): Link {
    return this.used === "wifi" ? "mobile" : "wifi";
  }

  /** The caller comes to a network: the link is up, has an address, and leads to the others. @returns the address. */
  join(link: Link): string {
    const { own, router } = links[link];
    this.#ip("caller", `link set ${link} up`);
    this.#ip("caller", `address add ${own}/24 dev ${link}`);
    // Of two the later one is taken, as a device does that has found a better network.
    this.#ip("caller", `route prepend default via ${router} dev ${link}`);
    this.used = link;
    return own;
  }

  /** It leaves one: neither the address nor the link stays. */
  leave(link: Link): void {
    this.#ip("caller", `address del ${links[link].own}/24 dev ${link}`);
    this.#ip("caller", `link set ${link} down`);
  }

  /** The far end of the caller's link goes down or up, as where a device is out of reach. @returns the address, which stays. */
  plug(isIn: boolean): string {
    this.#ip("router", `link set ${this.used} ${isIn ? "up" : "down"}`);
    return links[this.used].own;
  }

  async stop(): Promise<void> {
    await Promise.all(this.#browsers.map((browser) => browser.close().catch(() => undefined)));
    await Promise.all(
      this.#processes.map(async (each) => {
        if (each.exitCode !== null || each.signalCode !== null || each.pid === undefined) return;
        const gone = once(each, "exit");
        each.kill("SIGKILL");
        await gone;
      }),
    );
    for (const socket of this.#sockets) socket.destroy();
    this.#proxy.close();
    for (const name of Object.values(this.#names)) spawnSync("ip", ["netns", "del", name]);
    rmSync(this.#folder, { recursive: true, force: true });
  }

  async #start(): Promise<void> {
    for (const name of Object.values(this.#names)) ip("netns", "add", name);
    for (const [link, { router }] of Object.entries({ ...links, callee })) {
      const role = link === "callee" ? "callee" : "caller";
      this.#ip(role, `link add ${link} type veth peer name ${link} netns ${this.#names.router}`);
      this.#ip("router", `link set ${link} up`);
      this.#ip("router", `address add ${router}/24 dev ${link}`);
    }
    this.#ip("callee", "link set callee up");
    this.#ip("callee", `address add ${callee.own}/24 dev callee`);
    this.#ip("callee", `route add default via ${callee.router}`);
    this.join(this.used);
    ip("netns", "exec", this.#names.router, "sh", "-c", "echo 1 > /proc/sys/net/ipv4/ip_forward");
    const socketPath = join(this.#folder, "proxy");
    await new Promise<void>((resolve, reject) => {
      this.#proxy.once("error", reject).listen(socketPath, resolve);
    });
    for (const role of ["caller", "callee"] as const) {
      this.#ip(role, "link set lo up");
      await this.#openProxy(role, socketPath);
      this.#browsers.push(await this.#startBrowser(role));
    }
  }

  /** A port in the namespace that leads to this process: a unix socket is a file, and files are the same everywhere. */
  async #openProxy(role: Role, socketPath: string): Promise<void> {
    const script = `
      const { connect, createServer } = require("node:net");
      createServer((client) => {
        const server = connect(${JSON.stringify(socketPath)});
        for (const [from, to] of [[client, server], [server, client]]) from.on("error", () => to.destroy()).pipe(to);
      }).listen(${this.#port}, "127.0.0.1", () => console.log("open"));`;
    const child = spawn(
      "ip",
      ["netns", "exec", this.#names[role], process.execPath, "-e", script],
      {
        stdio: ["ignore", "pipe", "inherit"],
      },
    );
    this.#processes.push(child);
    await Promise.race([
      once(child.stdout, "data"),
      once(child, "exit").then(() =>
        Promise.reject(new Error("The proxy to the web server did not start.")),
      ),
    ]);
  }

  #startBrowser(role: Role): Promise<Browser> {
    const browser = findBrowser();
    if (browser === undefined)
      throw new Error("There is no Chromium: install it or name it in CHROME_PATH.");
    // `ip` becomes the browser: it does not stand between the two ends of the pipe.
    const own = ["--headless=new", "--disable-features=WebRtcHideLocalIpsWithMdns", "about:blank"];
    return launch({
      executablePath: "/usr/bin/env",
      ignoreDefaultArgs: true,
      args: [
        "ip",
        "netns",
        "exec",
        this.#names[role],
        browser,
        ...browserArguments,
        "--no-first-run",
        ...own,
      ],
      pipe: true,
    });
  }

  #join(client: Socket, server: Socket): void {
    for (const [from, to] of [
      [client, server],
      [server, client],
    ] as const) {
      this.#sockets.add(from);
      from.on("error", () => to.destroy()).on("close", () => this.#sockets.delete(from));
      from.pipe(to);
    }
  }

  #ip(role: Role, command: string): void {
    ip("-n", this.#names[role], ...command.split(" "));
  }
}

function ip(...command: string[]): void {
  const { status, stderr } = spawnSync("ip", command, { encoding: "utf8" });
  if (status !== 0) throw new Error(`ip ${command.join(" ")}: ${stderr}`);
}

/** Those of a process that was ended before it could take them away. */
function removeAbandoned(): void {
  const { stdout } = spawnSync("ip", ["netns", "list"], { encoding: "utf8" });
  for (const [name, pid] of stdout.matchAll(/^sx-(\d+)-\w+/gm))
    if (!existsSync(`/proc/${pid}`)) spawnSync("ip", ["netns", "del", name]);
}
