import { expect } from "@open-wc/testing";
import {
  avatarColours,
  colourOf,
  initialsOf,
  safeAvatarUrl,
} from "../../../src/elements/shared/contact.ts";

describe("a contact's picture", () => {
  it("is loaded from the web, a blob or an image in the address itself", () => {
    for (const address of [
      "https://example.org/ann.png",
      "http://example.org/ann.png",
      "blob:https://example.org/0b5e",
      "data:image/png;base64,AAAA",
      "DATA:image/svg+xml,%3Csvg/%3E",
    ]) {
      expect(safeAvatarUrl(address), address).to.be.a("string");
    }
    expect(safeAvatarUrl("ann.png", "https://example.org/chat/")).to.equal(
      "https://example.org/chat/ann.png",
    );
  });

  it("is refused from anywhere else", () => {
    for (const address of [
      "javascript:alert(1)",
      " \n jAvAsCrIpT:alert(1)",
      "data:text/html,<script>alert(1)</script>",
      "data:text/html;image/png,x",
      "file:///etc/passwd",
      "about:blank",
      "ftp://example.org/ann.png",
      "not an address",
      "",
      undefined,
      null,
      7,
      { toString: () => "https://example.org/ann.png" },
    ]) {
      expect(safeAvatarUrl(address), String(address)).to.be.null;
    }
  });
});

describe("a contact's initials", () => {
  const cases: [name: string, initials: string][] = [
    ["Ann Petersen", "AP"],
    ["ann", "A"],
    ["Ann Maria van der Berg", "AB"],
    ["  (work) Ann  ", "WA"],
    ["نورة الأحمد", "نا"],
    ["李小龙", "李"],
    ["Åsa Öberg", "ÅÖ"],
    ["𝒜da 𝒲ong", "𝒜𝒲"],
    ["🎉🎉", ""],
    ["", ""],
    ["+49 170 1234567", "41"],
  ];
  for (const [name, initials] of cases) {
    it(`of "${name}" are "${initials}"`, () => {
      expect(initialsOf(name, "en")).to.equal(initials);
    });
  }

  it("survive an invalid language", () => {
    expect(initialsOf("ann", "not a language")).to.equal("A");
  });
});

describe("the colour of a contact's initials", () => {
  it("stays the same while the name changes", () => {
    expect(colourOf({ id: "7f3a", name: "Ann" })).to.equal(
      colourOf({ id: "7f3a", name: "Ann Petersen" }),
    );
  });

  it("follows the name where there is no id", () => {
    expect(colourOf({ id: "", name: "Ann" })).to.equal(colourOf({ id: "Ann", name: "x" }));
  });

  it("uses all colours", () => {
    const colours = Array.from({ length: 200 }, (_, index) =>
      colourOf({ id: `contact-${index}`, name: "" }),
    );
    expect(new Set(colours).size).to.equal(avatarColours);
  });
});
