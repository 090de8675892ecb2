// Measures from the restored path to the next decoded audio and video, between two Chromium pages through a relay: the median
// of both sides against its limit. The network faults use the code of the tests.
import { runnerImport } from "vite";

const calls = Number(process.env.BENCH_CALLS ?? 5);
const troubles = [
  "the path cut for 3 s",
  "both addresses changed, which the devices notice",
  "the callee's network changed, which only it notices",
  "the relay restarted with other addresses after 2 s",
];

export async function run({ address }) {
  const ofTests = async (name) => (await runnerImport(`./test/support/interop/${name}.ts`)).module;
  const { startBrowser } = await ofTests("browsers");
  const { InteropCall } = await ofTests("call");
  const { limitMilliseconds, recover, recoverOften, untilBothHearAndSee } =
    await ofTests("recovery");
  const browser = await startBrowser("chromium");
  const connect = async () => {
    const call = await InteropCall.make({
      address: new URL("/test/support/interop/", address).href,
      caller: browser,
      callee: browser,
      codec: "video/VP8",
      network: { loss: 0, delay: 20, seed: 1 },
    });
    await untilBothHearAndSee(call);
    return call;
  };
  process.stdout.write(
    `  lost path back to media back, median of ${calls} calls, both sides, limit ${limitMilliseconds} ms\n`,
  );
  try {
    for (const trouble of troubles) {
      const found = await recoverOften(calls, connect, (call) => recover(call, trouble));
      const text = ["sound", "picture"].map((kind) => {
        const { median } = found[kind];
        const ratio = median / limitMilliseconds;
        return `${kind} ${median} = ${ratio.toFixed(2)} × (${ratio <= 1 ? "within" : "OVER"})`;
      });
      process.stdout.write(`  ${trouble}: ${text.join(", ")}\n`);
    }
  } finally {
    await browser.close();
  }
}
