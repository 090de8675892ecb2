// `npm start`: serves the demo from source. The server's own message is left out: it names every address of the machine, and
// the server listens on one.
import { fileURLToPath } from "node:url";
import { startDevServer } from "@web/dev-server";

process.chdir(fileURLToPath(new URL("..", import.meta.url)));
const { config } = await startDevServer({ logStartMessage: false });
process.stdout.write(`\n  The demo runs at http://${config.hostname}:${config.port}/demo/\n  Stop it with Ctrl+C.\n\n`);
