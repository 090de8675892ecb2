// Measures from the restored path to the next decoded audio and video: the median of both sides beside its limit. Two Chromium pages
// through a relay; Chromium with Firefox, where there is one; two network namespaces, where they may be made. The network faults use
// the code of the tests, which hold that every call comes back.
import { runnerImport } from "vite";

const calls = Number(process.env.BENCH_CALLS ?? 5);
/** Milliseconds, for sound and picture. A longer one where no event reports the change: the silence is noticed after a second. */
const limit = 1500;
const limitUnreported = 2500;

const ofTests = async (name) => (await runnerImport(`./test/support/interop/${name}.ts`)).module;
const { skipsFirefox, startBrowser } = await ofTests("browsers");
const { InteropCall } = await ofTests("call");
const { moves, recoverFromLoss, recoverFromMove } = await ofTests("moves");
const { Namespaces, skipsNamespaces } = await ofTests("namespaces");
const { cut, recover, recoverOften, troubles, untilBothHearAndSee } = await ofTests("recovery");

export async function run({ address }) {
  const pages = new URL("/test/support/interop/", address).href;
  process.stdout.write(
    `  lost path back to media back, median of ${calls} calls, both sides, limit ${limit} ms\n`,
  );
  await betweenEngines(pages);
  if (skipsNamespaces()) process.stdout.write("  network namespaces: not here\n");
  else await betweenNetworks(pages, Number(new URL(address).port));
}

async function betweenEngines(address) {
  const browsers = { Chromium: await startBrowser("chromium") };
  if (skipsFirefox) process.stdout.write("  Firefox: not here\n");
  else browsers.Firefox = await startBrowser("firefox");
  const network = { loss: 0, delay: 20, seed: 1 };
  const row = (from, to, name, trouble, limits) =>
    report(
      `${from} calls ${to}, ${name}`,
      () => connect({ address, network, caller: browsers[from], callee: browsers[to] }),
      (call) => recover(call, typeof trouble === "string" ? trouble : () => trouble(call)),
      limits,
    );
  try {
    for (const name of Object.keys(troubles)) await row("Chromium", "Chromium", name, name);
    if (skipsFirefox) return;
    for (const pair of [
      ["Chromium", "Firefox"],
      ["Firefox", "Chromium"],
    ]) {
      for (const name of [
        "the path cut for 3 s",
        "both addresses changed, which the devices notice",
      ])
        await row(...pair, name, name);
      for (const seconds of [10, 15])
        await row(...pair, `the path cut for ${seconds} s`, (call) => cut(call, seconds * 1000));
    }
  } finally {
    await Promise.all(Object.values(browsers).map((browser) => browser.close()));
  }
}

/** From the moment at which the engine has an address. */
async function betweenNetworks(address, port) {
  const networks = await Namespaces.start(port);
  const { caller, callee } = networks;
  const network = { loss: 0, delay: 0, seed: 1 };
  const connected = () => connect({ address, network, caller, callee, isDirect: true });
  try {
    for (const move of Object.keys(moves))
      await report(`a network of its own, ${move}`, connected, async (call) => {
        const { found } = await recoverFromMove(call, networks, move);
        return found;
      });
    await report(
      "one of two networks gone, which no event reports",
      connected,
      (call) => recoverFromLoss(call, networks),
      { sound: limitUnreported, picture: limitUnreported },
    );
  } finally {
    await networks.stop();
  }
}

async function connect(options) {
  const call = await InteropCall.make({ codec: "video/VP8", ...options });
  await untilBothHearAndSee(call);
  return call;
}

async function report(name, connected, trouble, limits = { sound: limit, picture: limit }) {
  const found = await recoverOften(calls, connected, trouble);
  const text = ["sound", "picture"].map((kind) => {
    const { median } = found[kind];
    if (!(kind in limits)) return `${kind} ${median}`;
    const ratio = median / limits[kind];
    return `${kind} ${median} = ${ratio.toFixed(2)} × (${ratio <= 1 ? "within" : "OVER"})`;
  });
  process.stdout.write(`  ${name}: ${text.join(", ")}\n`);
}
