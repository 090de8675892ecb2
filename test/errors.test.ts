import { expect } from "@open-wc/testing";
import { CallError, toCallError, unreachable } from "../src/errors.ts";

describe("a call error", () => {
  it("has a code for programs, a sentence for developers and the platform's own error as its cause", () => {
    const cause = new DOMException("Refused.", "NotAllowedError");
    const error = new CallError("permission-denied", "A device was refused.", { cause });
    expect(error).to.be.instanceOf(Error);
    expect(error.name).to.equal("CallError");
    expect(error.code).to.equal("permission-denied");
    expect(error.message).to.equal("A device was refused.");
    expect(error.cause === cause).to.equal(true);
  });

  it("has no cause where there was none", () => {
    expect("cause" in new CallError("internal", "A fault.")).to.equal(false);
  });
});

describe("any thrown value made a call error", () => {
  it("stays as it is where it is one", () => {
    const error = new CallError("insecure", "No.");
    expect(toCallError(error, "internal") === error).to.equal(true);
  });

  const odd: Record<string, unknown> = {
    "an error": new TypeError("secret text"),
    "a text": "secret text",
    null: null,
    undefined,
    "a number": 7,
    "an object with a code": { code: "insecure", message: "secret text" },
  };
  for (const [what, thrown] of Object.entries(odd)) {
    it(`becomes the cause of an internal error, its text not repeated: ${what}`, () => {
      const error = toCallError(thrown);
      expect(error.code).to.equal("internal");
      expect(error.message).not.to.contain("secret");
      expect(error.cause === thrown).to.equal(true);
    });
  }

  it("takes the code and the sentence that the caller names", () => {
    const error = toCallError(new Error("x"), "bad-signal", "Refused.");
    expect([error.code, error.message]).to.deep.equal(["bad-signal", "Refused."]);
  });
});

describe("a case that cannot be", () => {
  it("is an internal error that does not repeat the value", () => {
    expect(() => unreachable("secret" as never))
      .to.throw(CallError, "type string")
      .with.property("code", "internal");
    expect(() => unreachable("secret" as never)).not.to.throw("secret");
  });
});
