import { expect } from "@open-wc/testing";
import {
  recall,
  remember,
  rememberAnswer,
  takeAnswers,
} from "../../../src/hosts/notifications/call-notification.ts";
import { callId, otherId } from "../../support/notifications/fakes.ts";

const scope = new URL("./store/", location.href).href;
const later = () => Date.now() + 60_000;

describe("what a worker keeps between two wakes", () => {
  beforeEach(async () => {
    await caches.delete("sx-call-kit");
  });

  it("is there again, and each scope has its own", async () => {
    await remember(scope, "settings", { a: [1] });
    expect(await recall(scope, "settings")).to.deep.equal({ a: [1] });
    expect(await recall(`${scope}inner/`, "settings")).to.equal(undefined);
  });

  it("gives an answer to one page, once", async () => {
    const answer = { callId, action: "accept", until: later() } as const;
    await rememberAnswer(scope, answer);
    expect(await takeAnswers(`${scope}inner/`)).to.deep.equal([]);
    const both = await Promise.all([takeAnswers(scope), takeAnswers(scope)]);
    expect(both.flat()).to.deep.equal([answer]);
    expect(await takeAnswers(scope)).to.deep.equal([]);
  });

  it("gives the last answer to each call, and none that is too old or not an answer", async () => {
    await rememberAnswer(scope, { callId, action: "accept", until: later() });
    await rememberAnswer(scope, { callId, action: "decline", until: later() });
    await rememberAnswer(scope, { callId: otherId, action: "accept", until: Date.now() - 1 });
    await remember(scope, "answers/x", { callId: "x", action: "accept", until: later() });
    expect(
      (await takeAnswers(scope)).map((answer) => `${answer.callId} ${answer.action}`),
    ).to.deep.equal([`${callId} decline`]);
  });
});
