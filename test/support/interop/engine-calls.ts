import type { Browser } from "puppeteer-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { startBrowser } from "./browsers.ts";
import type { EngineName } from "./browsers.ts";
import { InteropCall } from "./call.ts";
import { serveShared, sideProgram } from "./serve.ts";
import type { Server } from "./serve.ts";
import type { Look } from "./side.ts";

/** A network that loses nothing, and one as the calls must stand it. */
export const networks = {
  clean: { loss: 0, delay: 0 },
  lossy: { loss: 0.05, delay: 60 },
} as const;

/** Engines, codec and network of a call. */
export interface CallCase {
  readonly from: EngineName;
  readonly to: EngineName;
  readonly codec: "VP8" | "VP9" | "AV1" | "H264";
  readonly network: keyof typeof networks;
}

/** Required media of each side: some seconds of both, more with packet loss. */
const wanted = {
  clean: { sounds: 100, pictures: 30 },
  lossy: { sounds: 250, pictures: 75 },
} as const;

// One server and one browser of each engine for all calls of a file: they take longer to start than a call takes.
const browsers = new Map<EngineName, Browser>();
let server: Server | null = null;

afterAll(async () => {
  await Promise.all([...browsers.values()].map((browser) => browser.close()));
});

/** Defines one test for each call, one made after the other. */
export function describeCalls(cases: readonly CallCase[]): void {
  let call: InteropCall | null = null;

  beforeAll(async () => {
    server ??= await serveShared(sideProgram);
    const missing = [...new Set(cases.flatMap(({ from, to }) => [from, to]))].filter(
      (engine) => !browsers.has(engine),
    );
    await Promise.all(
      missing.map(async (engine) => browsers.set(engine, await startBrowser(engine))),
    );
  });

  cases.forEach(({ from, to, codec, network }, index) => {
    it(`opens every delivered frame of Opus and ${codec}, ${from} calling ${to}, over a ${network} network`, async ({
      onTestFinished,
    }) => {
      onTestFinished(async () => {
        await call?.close();
        call = null;
      });
      call = await InteropCall.make({
        address: `http://127.0.0.1:${server!.config.port}/test/support/interop/`,
        caller: browsers.get(from)!,
        callee: browsers.get(to)!,
        codec: `video/${codec}`,
        network: { ...networks[network], seed: index + 1 },
      });
      const { sounds, pictures } = wanted[network];
      const looks = await call.until(
        (look) =>
          look.state === "connected" &&
          look.protection.status === "protected" &&
          countsOf(look, 0).opened >= sounds &&
          countsOf(look, 1).opened >= pictures &&
          look.decoded >= pictures / 2 &&
          look.pictures >= 10 &&
          look.heard,
      );
      for (const [side, look] of Object.entries(looks)) {
        expect(look.codecs, side).toEqual({
          "inbound-rtp audio": "audio/opus",
          "outbound-rtp audio": "audio/opus",
          "inbound-rtp video": `video/${codec}`,
          "outbound-rtp video": `video/${codec}`,
        });
        expect(look.protection, side).toMatchObject({
          sending: "protected",
          receiving: "protected",
          forged: 0,
        });
        // Whatever was delivered was opened, but for what had been opened before.
        for (const counts of look.frames)
          expect(counts, side).toMatchObject({ forged: 0, unsealed: 0, keyless: 0 });
      }
      const { passed, lost } = call.relay;
      expect(lost / (passed + lost)).toBeCloseTo(networks[network].loss, 1);
      if (network === "lossy") expect(lost).toBeGreaterThan(0);
      report(`${from} → ${to}, ${codec}, ${network}`, looks, passed, lost);
    });
  });
}

function countsOf(
  look: Look,
  track: number,
): { opened: number; duplicate: number; forged: number } {
  return (
    look.frames.find((counts) => counts.track === track) ?? { opened: 0, duplicate: 0, forged: 0 }
  );
}

/** The numbers behind each call, for whoever reads the log. */
function report(
  name: string,
  looks: { caller: Look; callee: Look },
  passed: number,
  lost: number,
): void {
  const text = ([side, look]: [string, Look]) => {
    const [sound, picture] = [countsOf(look, 0), countsOf(look, 1)];
    const line = ({ opened, duplicate, forged }: typeof sound) =>
      `${opened}/${duplicate}/${forged}`;
    return `${side} sound ${line(sound)}, picture ${line(picture)}, decoded ${look.decoded}`;
  };
  const sides = Object.entries(looks).map(text).join("; ");
  process.stdout.write(
    `  ${name}: opened/duplicate/forged: ${sides}; packets ${passed}, lost ${lost}\n`,
  );
}
