import { expect } from "@open-wc/testing";
import * as kit from "sx-call-kit";

class HostsOwn extends HTMLElement {}

/** Every element of the package, by tag: `src/index.ts` is the one list of them. */
const elements = new Map(
  Object.values(kit).flatMap((value) =>
    typeof value === "function" && "tagName" in value && typeof value.tagName === "string"
      ? [[value.tagName, value] as const]
      : [],
  ),
);

describe("sx-call-kit/define", () => {
  it("is the only module that registers: each of the eight tags, but for one that is taken", async () => {
    const tags = [...elements.keys()];
    expect(tags).to.have.lengthOf(8);
    expect(tags.filter((tag) => customElements.get(tag))).to.deep.equal([]);

    customElements.define("sx-call-history-item", HostsOwn);
    await import("sx-call-kit/define");

    for (const [tag, element] of elements)
      expect(customElements.get(tag), tag).to.equal(
        tag === "sx-call-history-item" ? HostsOwn : element,
      );
  });
});
