// `npm start`: serves the demo from source, to this machine; with `--lan` to its network, with `--https` under a certificate made now.
// The server's own message is left out: it names every address of the machine, and the server listens on one.
import { fileURLToPath } from "node:url";
import { startDevServer } from "@web/dev-server";
import { startOptions } from "./start-options.mjs";

process.chdir(fileURLToPath(new URL("..", import.meta.url)));
const flags = process.argv.slice(2);
const isLan = flags.includes("--lan");
const { config: chosen, forget } = await startOptions(flags).catch((error) => {
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
});
// Also where the server does not start: then it ends the process itself.
process.once("exit", forget);
// The hostname goes in as an argument, which counts for more than the settings in the file.
const argv = [...process.argv, ...(chosen.hostname ? ["--hostname", chosen.hostname] : [])];
const { config } = await startDevServer({ logStartMessage: false, config: chosen, argv });
forget();

const address = `${config.http2 ? "https" : "http"}://${config.hostname}:${config.port}/demo/`;
process.stdout.write(
  `\n  The demo runs at ${address}\n  A room for two devices: ${address}room.html\n`,
);
if (isLan && !config.http2)
  process.stdout.write(
    "  Browsers give no camera and no encryption to plain http from another machine: add --https.\n",
  );
process.stdout.write("  Stop it with Ctrl+C.\n\n");
