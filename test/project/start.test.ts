import { spawn } from "node:child_process";
import { once } from "node:events";
import { connect } from "node:net";
import { networkInterfaces } from "node:os";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

describe("npm start", () => {
  const root = fileURLToPath(new URL("../..", import.meta.url));
  const server = spawn(process.execPath, [".tools/start.mjs"], { cwd: root });
  let address = "";

  beforeAll(async () => {
    let output = "";
    for await (const text of server.stdout) {
      output += String(text);
      address = /http:\/\/\S+/.exec(output)?.[0] ?? "";
      if (address) break;
    }
  });

  afterAll(async () => {
    server.kill();
    if (server.exitCode === null && server.signalCode === null) await once(server, "exit");
  });

  it("prints the address of the demo, which it serves", async () => {
    expect(address).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/demo\/$/);
    const page = await fetch(address);
    expect(page.status).toBe(200);
    expect(page.headers.get("content-type")).toContain("text/html");
  });

  it("leads to the demo from the root", async () => {
    const { status, headers } = await fetch(new URL("/", address), { redirect: "manual" });
    expect([status, headers.get("location")]).toEqual([302, "/demo/"]);
  });

  it("serves TypeScript as JavaScript", async () => {
    const module = await fetch(new URL("/src/errors.ts", address));
    expect(module.headers.get("content-type")).toContain("javascript");
    expect(await module.text()).not.toContain("export type");
  });

  it("listens on this machine only", async () => {
    const others = Object.values(networkInterfaces())
      .flatMap((entries) => entries ?? [])
      .filter(({ internal, family }) => !internal && family === "IPv4");
    for (const { address: host } of others) {
      expect(await connects(host, Number(new URL(address).port))).toBe(false);
    }
  });
});

function connects(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: 2000 });
    const answer = (value: boolean) => () => {
      socket.destroy();
      resolve(value);
    };
    socket.on("connect", answer(true)).on("error", answer(false)).on("timeout", answer(false));
  });
}
