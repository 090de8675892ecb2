import { expect } from "@open-wc/testing";
import { checkConnection } from "../../src/controller/connection-check.ts";

describe("the check of the connection", () => {
  it("is a function of the package that asks nobody without a server", async () => {
    expect((await checkConnection([])).overall).to.equal("no-servers");
  });
});
