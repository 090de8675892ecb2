import { appPair, measureFirstMedia, silentServers } from "../../test/support/simplex/pair.ts";
import type { FirstMedia } from "../../test/support/simplex/pair.ts";
import { ownPage } from "../../test/support/simplex/page-channels.ts";
import type { OpenPage } from "../../test/support/simplex/page-channels.ts";
import { kitPage } from "../../test/support/simplex-kit.ts";

/** The two sides, the caller first. */
type Subject = "simplex-simplex" | "kit-kit" | "kit-simplex" | "simplex-kit";

declare global {
  interface Window {
    /** One call. Both pages are loaded, and the caller's devices are open, when the callee accepts. */
    measureCall(): Promise<FirstMedia>;
  }
}

const query = new URLSearchParams(location.search);
// The bench's own script names the subjects.
const subject = query.get("subject") as Subject;
const media = query.get("media") === "video" ? "video" : "audio";

const pages: Record<"kit" | "simplex", () => OpenPage> = {
  kit: () => kitPage({ mediaDevices: navigator.mediaDevices }).open,
  simplex: () => ownPage().open,
};

window.measureCall = async () => {
  const open = (name: string | undefined) => pages[name === "kit" ? "kit" : "simplex"]();
  const [caller, callee] = subject.split("-");
  const pair = await appPair(open(caller), open(callee), {
    // Gathering takes its time, as it does on the internet.
    app: { iceServers: silentServers },
    chat: { delay: Number(query.get("delay")) },
  });
  return measureFirstMedia(pair, media);
};
