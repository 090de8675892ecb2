// Measures the cost of a relay: processor time of coturn per delivered byte, with its own load generator and with real calls of
// the kit. Estimates the need of a fleet from it. Each byte passes two allocations of one server, as in a call whose two sides
// both use a relay.
import { spawn } from "node:child_process";
import { createHmac } from "node:crypto";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

const secret = "of this run";
const seconds = Number(process.env.BENCH_SECONDS ?? 15);
const calls = Number(process.env.BENCH_CALLS ?? 2);
const program = process.env.TURNSERVER_PATH ?? "/usr/bin/turnserver";
const mega = 1e6;

/** Where the estimate is an assumption, it is here. */
const assumed = { inCallAtPeak: 0.01, relayedShare: 0.2, load: 0.5, megabits: 3 };

export async function run({ browser, address }) {
  if (process.platform !== "linux" || !existsSync(program)) {
    process.stdout.write("  left out: it needs Linux and coturn (apt-get install coturn)\n");
    return;
  }
  const folder = mkdtempSync(join(tmpdir(), "sx-relay-"));
  const port = await freePort();
  const relay = spawn(program, argumentsFor(port, folder), { stdio: "ignore", cwd: folder });
  try {
    await until(() => processorSeconds(relay.pid) !== null, 50);
    await new Promise((resolve) => setTimeout(resolve, 500));
    for (const bytes of [160, 1000]) {
      const cost = await withGenerator(relay.pid, port, bytes);
      process.stdout.write(
        `  packets of ${String(bytes).padStart(4)} bytes from turnutils_uclient: ${perCore(cost)}\n`,
      );
    }
    const cost = await withCalls(relay.pid, port, { browser, address });
    const rate = (cost.bytes * 8) / cost.elapsed / calls / mega;
    process.stdout.write(
      `  ${calls} video calls of the kit, ${rate.toFixed(2)} Mbit/s delivered each: ${perCore(cost)}\n`,
    );
    estimate(cost.processor / cost.bytes);
  } finally {
    relay.kill("SIGKILL");
    rmSync(folder, { recursive: true, force: true });
  }
}

/** @param perByte processor seconds of the relay for a delivered byte. */
function estimate(perByte) {
  const { inCallAtPeak, relayedShare, load, megabits } = assumed;
  process.stdout.write(
    `  extrapolated: ${inCallAtPeak * 100} % of users in a call at the peak, ${relayedShare * 100} % of calls relayed, ${megabits} ` +
      `Mbit/s delivered in each, both directions together, cores used to ${load * 100} %; not measured\n`,
  );
  for (const users of [1000, 100_000, 10_000_000]) {
    const relayed = (users * inCallAtPeak * relayedShare) / 2;
    const cores = (relayed * ((megabits * mega) / 8) * perByte) / load;
    // Each delivered byte leaves a relay once for the other relay, and once for the other side.
    const gigabits = (relayed * megabits * 2) / 1000;
    process.stdout.write(
      `    ${users.toLocaleString("en").padStart(10)} users: ${relayed.toLocaleString("en").padStart(6)} relayed calls at once, ` +
        `${Math.max(1, Math.ceil(cores)).toLocaleString("en")} cores, ${gigabits.toFixed(3)} Gbit/s out and as much in\n`,
    );
  }
}

function perCore({ bytes, processor }) {
  return `${(bytes / processor / mega).toFixed(0)} MB delivered a second of processor time`;
}

/** Ten pairs of clients, both ends through the relay. */
async function withGenerator(pid, port, bytes) {
  const { username, credential } = credentials();
  const messages = 400;
  const clients = 10;
  const before = processorSeconds(pid);
  const child = spawn(
    "turnutils_uclient",
    [
      ...["-y", "-c", "-m", String(clients), "-n", String(messages), "-l", String(bytes)],
      ...["-z", "5", "-u", username, "-w", credential, "-p", String(port), "127.0.0.1"],
    ],
    { stdio: "ignore" },
  );
  const code = await new Promise((resolve) => child.once("close", resolve));
  if (code !== 0) throw new Error(`turnutils_uclient ended with ${String(code)}.`);
  return {
    bytes: clients * messages * bytes,
    processor: processorSeconds(pid) - before,
  };
}

async function withCalls(pid, port, { browser, address }) {
  const servers = [{ urls: `turn:127.0.0.1:${String(port)}?transport=udp`, ...credentials() }];
  const contexts = [];
  try {
    const pages = [];
    for (let call = 0; call < calls; call++) {
      const context = await browser.newContext();
      contexts.push(context);
      const page = await context.newPage();
      await page.goto(`${address}page.html`);
      await page.evaluate((iceServers) => window.call(iceServers), servers);
      pages.push(page);
    }
    const received = async () => {
      const each = await Promise.all(pages.map((page) => page.evaluate(() => window.received())));
      return each.reduce((sum, bytes) => sum + bytes, 0);
    };
    // The rate of a picture grows in its first seconds.
    await new Promise((resolve) => setTimeout(resolve, 5000));
    const [bytes, processor, start] = [await received(), processorSeconds(pid), Date.now()];
    await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
    return {
      bytes: (await received()) - bytes,
      processor: processorSeconds(pid) - processor,
      elapsed: (Date.now() - start) / 1000,
    };
  } finally {
    for (const context of contexts) await context.close();
  }
}

/** Processor seconds of a process so far: proc(5), the fields utime and stime of `stat`, in ticks of 10 ms. */
function processorSeconds(pid) {
  try {
    const fields = readFileSync(`/proc/${String(pid)}/stat`, "utf8")
      .split(") ")[1]
      .split(" ");
    return (Number(fields[11]) + Number(fields[12])) / 100;
  } catch {
    return null;
  }
}

function credentials() {
  const username = String(Math.floor(Date.now() / 1000) + 3600);
  return { username, credential: createHmac("sha1", secret).update(username).digest("base64") };
}

function argumentsFor(port, folder) {
  return [
    ...["-n", "--no-cli", "--log-file=/dev/null", `--userdb=${join(folder, "turndb")}`],
    ...[`--pidfile=${join(folder, "pid")}`, "--listening-ip=127.0.0.1", "--relay-ip=127.0.0.1"],
    ...[`--listening-port=${String(port)}`, "--no-tls", "--no-dtls", "--no-rfc5780"],
    ...["--allow-loopback-peers", "--no-tcp-relay", "--fingerprint", "--realm=bench.invalid"],
    ...["--use-auth-secret", `--static-auth-secret=${secret}`, "--relay-threads=1"],
  ];
}

async function freePort() {
  const server = createServer();
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function until(isTrue, milliseconds) {
  while (!isTrue()) await new Promise((resolve) => setTimeout(resolve, milliseconds));
}
