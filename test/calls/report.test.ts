import { expect } from "@open-wc/testing";
import type { CallSnapshot } from "../../src/call/snapshot.ts";
import { CallPair, peerName } from "../support/call-pair.ts";

/** Every piece of at least six characters in all that was sent: keys, ids, descriptions, candidates, addresses. */
function piecesOf(value: unknown, found = new Set<string>()): Set<string> {
  if (typeof value === "string")
    for (const piece of value.split(/[\s:;=,/]+/)) if (piece.length >= 6) found.add(piece);
  if (typeof value === "object" && value !== null)
    for (const field of Object.values(value)) piecesOf(field, found);
  return found;
}

/** Words of the protocol, which say nothing of this call. */
const words =
  /^(?:accept|answer|confirm|candidate|candidates|connect|invite|ringing|hung-up|declined|failed|audio|video|sx-call)$/;

describe("the report of a real call", () => {
  it("holds nothing of what went between the two sides", async () => {
    const pair = new CallPair();
    try {
      await pair.connect("video");
      const isSampled = ({ quality }: CallSnapshot) => quality !== null;
      await Promise.all([pair.a.until(isSampled), pair.b.until(isSampled)]);
      await pair.a.source.perform({ type: "hang-up" });
      await pair.b.untilState("ended");
      for (const side of [pair.a, pair.b]) {
        const report = side.source.report?.() ?? null;
        expect(report?.ended?.reason).to.equal("hung-up");
        const text = JSON.stringify(report);
        const pieces = piecesOf([pair.a.sent, pair.b.sent, side.snapshot.callId, peerName]);
        expect(pieces.size).to.be.greaterThan(50);
        const leaked = [...pieces].filter((piece) => !words.test(piece) && text.includes(piece));
        expect(leaked).to.deep.equal([]);
        const { securityCode } = side.snapshot;
        expect(text).not.to.contain(JSON.stringify(securityCode));
        expect(text).not.to.match(/\d+\.\d+\.\d+\.\d+|[0-9a-f]+(?::[0-9a-f]*){3,}|\.local/i);
        expect(side.records[0]?.ending?.reason).to.equal("hung-up");
        expect(side.records[0]?.bytesSent).to.be.greaterThan(0);
      }
    } finally {
      pair.close();
    }
  });
});
