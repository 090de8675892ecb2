import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { createInterface } from "node:readline";
import { CallPage } from "../../../src/hosts/bridge/call-page.ts";
import { codeOf } from "./code-of.ts";
import { pageSocket } from "./call-socket.js";

/*
 * The native apps of two people, in one process: each has its own socket, and hands the signals of its page to the other. It is asked by
 * lines of JSON, and tells by them what it hears.
 */

const { origin, sides } = JSON.parse(process.argv[2] ?? "") as {
  readonly origin: string;
  readonly sides: readonly { readonly port: number; readonly token: string }[];
};
const notify = (line: object) => process.stdout.write(`${JSON.stringify(line)}\n`);

const pages = sides.map(({ port, token }, who) => {
  const server = createServer();
  server.listen(port, "127.0.0.1", () =>
    notify({ who, port: (server.address() as AddressInfo).port }),
  );
  const page: CallPage = new CallPage(pageSocket(server, origin, token), (fact) => {
    const { type, data } = fact;
    if (fact.type === "signal") {
      const from = ["ann", "bob"][who] ?? "";
      // A page that is away hears of it again by the other's next message, as over any channel.
      void pages[1 - who]
        ?.request("receive-signal", { message: fact.data.message, from })
        .catch(() => undefined);
    } else notify({ who, type, data });
  });
  return page;
});

createInterface({ input: process.stdin }).on("line", (line) => {
  const { who, ask, data, id } = JSON.parse(line) as {
    who: number;
    ask: "hang-up";
    data: object;
    id: number;
  };
  pages[who]?.request(ask, data).then(
    (answer) => notify({ id, answer }),
    (thrown: unknown) => notify({ id, code: codeOf(thrown) }),
  );
});
