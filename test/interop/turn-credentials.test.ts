import { spawn, spawnSync } from "node:child_process";
import { createHmac } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { freePort } from "../support/free-port.ts";
import { skipsTurn, TurnServer } from "../support/interop/turn-server.ts";
import { readPages, samplesOf } from "../support/samples.ts";

/* The service that docs/guides/turn.md has, as it stands there. */

const tokenSecret = "of the messenger's own server";
const turnSecret = "of the relays";
const regions = {
  eu: ["turn:eu.invalid:3478", "turns:eu.invalid:443?transport=tcp"],
  us: ["turn:us.invalid:3478"],
  asia: ["turn:asia.invalid:3478"],
};

interface Issued {
  readonly iceServers: readonly { urls: string[]; username: string; credential: string }[];
  readonly expires: number;
}

const seconds = () => Math.floor(Date.now() / 1000);
const sign = (text: string) => createHmac("sha256", tokenSecret).update(text).digest("base64url");
function token(person: string, expiry = seconds() + 60): string {
  const text = `${person}.${String(expiry)}`;
  return `${text}.${sign(text)}`;
}

describe("the service of the guide that issues credentials for relays", () => {
  const folder = mkdtempSync(join(tmpdir(), "sx-turn-credentials-"));
  let address = "";
  let stop = () => {};

  beforeAll(async () => {
    const found = readPages()
      .flatMap(samplesOf)
      .filter(({ code }) => code.startsWith("// turn-credentials.mjs"));
    expect(found).toHaveLength(1);
    const script = join(folder, "turn-credentials.mjs");
    writeFileSync(script, found[0]!.code);
    const port = await freePort();
    const child = spawn(process.execPath, [script], {
      env: {
        ...{ TURN_SECRET: turnSecret, TOKEN_SECRET: tokenSecret, PORT: String(port) },
        TURN_REGIONS: JSON.stringify(regions),
      },
      stdio: ["ignore", "pipe", "inherit"],
    });
    stop = () => child.kill();
    await once(child.stdout, "data");
    address = `http://127.0.0.1:${String(port)}/turn-credentials`;
  });
  afterAll(() => {
    stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const ask = (authorization?: string, query = "") =>
    fetch(address + query, {
      method: "POST",
      headers: authorization === undefined ? {} : { authorization },
    });
  async function issued(person: string, query?: string): Promise<Issued> {
    const response = await ask(`Bearer ${token(person)}`, query);
    expect(response.status).toBe(200);
    expect(response.headers.get("cache-control")).toBe("no-store");
    return (await response.json()) as Issued;
  }

  it("gives none to anybody whom the messenger has not signed", async () => {
    const signed = token("ann");
    for (const authorization of [
      undefined,
      "",
      "Bearer",
      `Bearer ${signed.slice(0, -1)}${signed.endsWith("A") ? "B" : "A"}`,
      `Bearer ${signed.replace("ann", "bob")}`,
      `Bearer ${token("ann", seconds() - 1)}`,
      `Bearer ${"a".repeat(65)}.1.${"A".repeat(43)}`,
    ])
      expect((await ask(authorization)).status).toBe(401);
    expect((await fetch(address, { headers: { authorization: `Bearer ${signed}` } })).status).toBe(
      404,
    );
  });

  it("names the nearest region first and one other, and tells the relays nothing of the person", async () => {
    const { iceServers, expires } = await issued("ann", "?near=us");
    expect(iceServers.map(({ urls }) => urls)).toEqual([regions.us, regions.eu]);
    expect(expires).toBeGreaterThan(seconds() + 3600);
    for (const { username } of iceServers) {
      expect(username).toMatch(/^\d+:[\w-]{16}$/);
      expect(username).not.toContain("ann");
    }
    const [nowhere] = (await issued("ann", "?near=moon")).iceServers;
    expect(nowhere?.urls).toEqual(regions.eu);
    // One name a day: the relays' quota counts by it.
    const nameOf = async (person: string) =>
      (await issued(person)).iceServers[0]?.username.split(":")[1];
    expect(await nameOf("ann")).toBe(await nameOf("ann"));
    expect(await nameOf("ann")).not.toBe(await nameOf("bob"));
  });

  it("gives a person 60 of them in an hour, and others theirs", async () => {
    const statuses = await Promise.all(
      Array.from({ length: 70 }, async () => (await ask(`Bearer ${token("greedy")}`)).status),
    );
    expect(statuses.filter((status) => status === 200)).toHaveLength(60);
    expect(statuses.filter((status) => status === 429)).toHaveLength(10);
    await issued("modest");
  });

  // The client that comes with the server takes six seconds.
  it.skipIf(skipsTurn())("gives what a real TURN server takes", { tags: "long" }, async () => {
    const turn = await TurnServer.start({ secret: turnSecret });
    try {
      const [server] = (await issued("ann")).iceServers;
      const allocate = (password: string) =>
        spawnSync("turnutils_uclient", [
          ...["-y", "-c", "-n", "1", "-u", server!.username, "-w", password],
          ...["-p", String(turn.port), "127.0.0.1"],
        ]).status;
      expect(allocate(server!.credential)).toBe(0);
      expect(allocate(`x${server!.credential}`)).not.toBe(0);
    } finally {
      await turn.stop();
    }
  });
});
