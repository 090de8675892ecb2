import { expect } from "@open-wc/testing";
import { fromHost, installReceiver } from "../../../src/hosts/transports/app-object.ts";
import { codeThrownBy } from "../../support/thrown.ts";

const receiver = () => (globalThis as { sxReceive?: (text: unknown) => void }).sxReceive;

describe("the function that an app calls", () => {
  it("is open from then until it is closed", () => {
    const heard: unknown[] = [];
    const close = installReceiver((text) => heard.push(text));
    receiver()?.("a");
    close();
    expect(receiver()).to.equal(undefined);
    expect(heard).to.deep.equal(["a"]);
  });

  it("is not closed by whoever had it before", () => {
    const closeFirst = installReceiver(() => undefined);
    const closeSecond = installReceiver(() => undefined);
    closeFirst();
    expect(typeof receiver()).to.equal("function");
    closeSecond();
    expect(receiver()).to.equal(undefined);
  });
});

describe("what an app has put into the page", () => {
  it("is found by its path, and missed where a part of it is not there", () => {
    Object.assign(globalThis, { anApp: { inner: { deep: {} }, text: "x" } });
    expect(fromHost("anApp.inner")).to.deep.equal({ deep: {} });
    for (const path of ["noApp", "anApp.none", "anApp.none.deep", "anApp.text"]) {
      expect(
        codeThrownBy(() => fromHost(path)),
        path,
      ).to.equal("not-possible");
    }
    Reflect.deleteProperty(globalThis, "anApp");
  });
});
