import { expect } from "@open-wc/testing";
import { deriveSuccessors } from "../../../src/crypto/agreement/resumption.ts";
import { TextCipher, type SealedText } from "../../../src/crypto/text/text-cipher.ts";
import { agree } from "../../support/agreement.ts";
import { callId, otherCallId, zeros } from "../../support/signals.ts";

/** The secret as the key schedule derives it from `hs` with this material 00 01 … 3f and the transcript ff fe … c0. */
async function keys(): Promise<CryptoKey> {
  const bytes = Uint8Array.from({ length: 64 }, (_, at) => at);
  const salt = Uint8Array.from({ length: 64 }, (_, at) => 255 - at);
  const uses: KeyUsage[] = ["deriveKey", "deriveBits"];
  const material = await crypto.subtle.importKey("raw", bytes, "HKDF", false, uses);
  const info = (label: string) => new TextEncoder().encode(label);
  const hkdf = (label: string) => ({ name: "HKDF", hash: "SHA-512", salt, info: info(label) });
  return (await deriveSuccessors(material, hkdf)).text;
}

async function pair(): Promise<{ caller: TextCipher; callee: TextCipher }> {
  const both = await keys();
  return {
    caller: new TextCipher(both, callId, "initiator"),
    callee: new TextCipher(both, callId, "responder"),
  };
}

async function sealedBy(cipher: TextCipher, ...texts: string[]): Promise<SealedText[]> {
  const sealed: SealedText[] = [];
  for (const text of texts) sealed.push(await cipher.seal(text));
  return sealed;
}

describe("the text keys of a call", () => {
  /*
   * Calculated apart from this code with Node's own hkdfSync, HMAC and aes-256-gcm. The call id of the vectors is 22 times A.
   */
  const hello = '{"op":"hello"}';
  const said = '{"op":"say","text":"café 👩‍👩‍👧"}';
  const known = [
    [
      "initiator",
      "282OQ6CheDi7fwvt6-VfK_ZzZvMhgXNQIIXladqPeI2hbVOo8FAkiU67Wm_j31DXP9qDJVe95QNvWZqKZpAyu6GCYo03VqoLSrdKsKLZ90Q",
      "2_isv4-OaJLLYV8DHoFYe00kh5i9MQoREhMo3DVG9xJTGgdPD-2j5VBjI-VwhX81nk2WcOS2yFwtEbFC8rN443YEMXRblbj0RFlx9v25V78",
    ],
    [
      "responder",
      "8tdYOzOzIele5uYacuNS13n8RttZb-orRasiaqBES7rtcNHX8uPaFuqOFzGyGZbsRIZtf60LdkaUYpuOEAnCkSUw3lMFYwYQXEB41-tnm70",
      "YzHDRIMWIjImi1CbhwAqHkKlJKfbLbhwgbE6L91cDA6CW_AAb_tyz1tMWmwNbxQzOz_s2u4fAU1CmAybFArjT_s53i00o5ADnqFBHRUfi9c",
    ],
  ] as const;
  for (const [role, first, second] of known)
    it(`seal as calculated elsewhere: ${role}`, async () => {
      const cipher = new TextCipher(await keys(), zeros(16), role);
      expect(await sealedBy(cipher, hello, said)).to.deep.equal([
        { n: 1, data: first },
        { n: 2, data: second },
      ]);
    });

  it("are the same on both sides, other ones in every call, and cannot be extracted", async () => {
    const [one, two] = await Promise.all([agree(), agree()]);
    const caller = new TextCipher(one.caller.successors.text, callId, "initiator");
    const callee = new TextCipher(one.calleeSuccessors.text, callId, "responder");
    const stranger = new TextCipher(two.calleeSuccessors.text, callId, "responder");
    const sealed = await caller.seal("hello");
    expect(await callee.open(sealed)).to.deep.equal({ text: "hello", missed: 0 });
    expect(await stranger.open(sealed)).to.equal(null);
    const { text } = one.caller.successors;
    expect([text.extractable, text.usages]).to.deep.equal([false, ["sign"]]);
  });
});

describe("sealed text", () => {
  it("comes through in both directions, whatever was typed", async () => {
    const { caller, callee } = await pair();
    for (const text of ["a", "مرحبا", "👩‍👩‍👧", "x".repeat(64), "y".repeat(8000)]) {
      expect((await callee.open(await caller.seal(text)))?.text).to.equal(text);
      expect((await caller.open(await callee.seal(text)))?.text).to.equal(text);
    }
  });

  it("does not tell by its size how much was typed", async () => {
    const { caller } = await pair();
    const sizes = (await sealedBy(caller, "a", "b".repeat(30), "c".repeat(64))).map(
      ({ data }) => data.length,
    );
    expect(new Set(sizes).size).to.equal(1);
  });

  it("is opened once, and never after a later one", async () => {
    const { caller, callee } = await pair();
    const [first, second, third] = await sealedBy(caller, "1", "2", "3");
    expect(await callee.open(first!)).to.deep.equal({ text: "1", missed: 0 });
    expect(await callee.open(first!)).to.equal(null);
    expect(await callee.open(third!)).to.deep.equal({ text: "3", missed: 1 });
    expect(await callee.open(second!)).to.equal(null);
    expect(callee.dropped).to.equal(2);
  });

  it("is opened once where it arrives twice at the same time", async () => {
    const { caller, callee } = await pair();
    const sealed = await caller.seal("1");
    const opened = await Promise.all([callee.open(sealed), callee.open(sealed)]);
    expect(opened.filter((each) => each !== null).length).to.equal(1);
  });

  it("is refused with any changed bit, counter, direction or call, and the next one is opened", async () => {
    const { caller, callee } = await pair();
    const [first, second] = await sealedBy(caller, "first", "second");
    const { data } = first!;
    const digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    const changed = Array.from(data, (digit, at) => {
      const other = digits[digits.indexOf(digit) ^ 32]!;
      return data.slice(0, at) + other + data.slice(at + 1);
    });
    const bad = ["", "A", "AAAA", data.slice(1), data.slice(0, -4), `${data}AAAA`, ...changed];
    for (const each of bad) expect(await callee.open({ n: 1, data: each })).to.equal(null);
    expect(await callee.open({ n: 2, data })).to.equal(null);
    // Thrown back at its sender.
    expect(await caller.open(first!)).to.equal(null);
    const elsewhere = new TextCipher(await keys(), otherCallId, "responder");
    expect(await elsewhere.open(first!)).to.equal(null);
    expect(callee.dropped).to.equal(bad.length + 1);
    expect(await callee.open(first!)).to.deep.equal({ text: "first", missed: 0 });
    expect(await callee.open(second!)).to.deep.equal({ text: "second", missed: 0 });
  });
});
