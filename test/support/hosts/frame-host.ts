import { CallPage } from "../../../src/hosts/bridge/call-page.ts";
import type { HostData, PageFact } from "../../../src/hosts/bridge/call-page.ts";
import { framePort } from "../../../src/hosts/transports/frame-port.ts";
import { codeOf } from "./code-of.ts";

/*
 * A web app of another origin with call pages in frames: it hands the signals of one to the next. The script that opened it asks by
 * `ask`, and looks at `facts`.
 */

declare global {
  /** By frame, what each has sent. */
  var facts: PageFact[][];
  /** @returns the answer, or the code of the error. */
  var ask: (frame: number, type: "hang-up", data: HostData["hang-up"]) => Promise<unknown>;
}

const { searchParams: given } = new URL(location.href);
const origin = given.get("origin") ?? "";
const path = given.get("path") ?? "";
/** The last one may use no device. */
const allowed = ["camera; microphone", "camera; microphone", ""];

globalThis.facts = allowed.map(() => []);
const pages = allowed.map((allow, index) => {
  const frame = document.createElement("iframe");
  Object.assign(frame, { allow, title: `Frame ${String(index)}`, width: 390, height: 600 });
  const page: CallPage = new CallPage(framePort(frame, origin), (fact) => {
    facts[index]?.push(fact);
    if (fact.type !== "signal" || index > 1) return;
    void pages[1 - index]
      ?.request("receive-signal", { message: fact.data.message })
      .catch(() => undefined);
  });
  frame.src = `${origin}${path}?frame=${encodeURIComponent(location.origin)}`;
  document.body.append(frame);
  return page;
});
globalThis.ask = async (frame, type, data) => pages[frame]?.request(type, data).catch(codeOf);
