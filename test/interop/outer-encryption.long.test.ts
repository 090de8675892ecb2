import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { skipsFirefox } from "../support/interop/browsers.ts";
import type { EngineName } from "../support/interop/browsers.ts";
import { KeyExchangeListener } from "../support/interop/dtls-hello.ts";
import { Stage } from "../support/interop/stage.ts";

const security = readFileSync("SECURITY.md", "utf8");
const pairs: readonly (readonly [from: EngineName, to: EngineName])[] = skipsFirefox
  ? [["chromium", "chromium"]]
  : [
      ["chromium", "chromium"],
      ["chromium", "firefox"],
      ["firefox", "chromium"],
      ["firefox", "firefox"],
    ];

describe("the outer encryption of a call", () => {
  const stage = skipsFirefox ? new Stage("chromium") : new Stage("chromium", "firefox");

  it.each(pairs)(
    "is reported on both sides, and is as SECURITY.md says: %s calls %s",
    async (from, to) => {
      const exchange = new KeyExchangeListener();
      const call = await stage.connectedCall({ from, to, hearPacket: exchange.hear });
      const { caller, callee } = await call.until(
        ({ protection }) => protection.dtls !== undefined,
      );
      expect(caller.protection.dtls).toEqual(callee.protection.dtls);
      const { version, cipher, srtp } = caller.protection.dtls!;
      const name = { chromium: "Chromium", firefox: "Firefox" };
      const row = [`${name[from]} calls ${name[to]}`, version, exchange.group, cipher, srtp];
      process.stdout.write(`  ${row.join(", ")}\n`);
      const rows = security
        .split("\n")
        .filter((line) => line.startsWith("|"))
        .map((line) => line.split("|").map((cell) => cell.trim().replaceAll("`", "")));
      expect(rows.map((cells) => cells.slice(1, -1))).toContainEqual(row);
    },
  );
});
