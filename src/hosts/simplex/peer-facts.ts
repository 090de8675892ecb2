import type { MediaSection } from "../../media/connection/description.ts";
import type { PeerFacts } from "./session.ts";

/**
 * Returns properties of the other side from its description. An old version has at most two media sections, or uses the
 * screen's sections (the third and fourth) in one direction only.
 */
export function factsOf(sections: readonly MediaSection[], isKit: boolean): PeerFacts {
  const media = sections.filter(({ kind }) => kind === "audio" || kind === "video");
  const find = (mid: string) => media.find((section) => section.mid === mid && !section.isRejected);
  const camera = find("1");
  return {
    peer: isKit ? "kit" : "simplex",
    isOld: media.length <= 2 || find("2")?.direction !== "sendrecv",
    sendsPicture:
      camera !== undefined && (camera.direction === "sendrecv" || camera.direction === "sendonly"),
  };
}
