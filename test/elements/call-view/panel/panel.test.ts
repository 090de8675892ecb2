import "sx-call-kit/define";
import { expect } from "@open-wc/testing";
import { english, type CallSnapshot } from "sx-call-kit";
import { mallory } from "../../../../stories/support/contacts.ts";
import { aProtection, aSnapshot, anEnding } from "../../../../stories/support/snapshots.ts";
import { protections } from "../../../../stories/support/unions.ts";
import { CallViewHarness } from "../../../support/call-view-harness.ts";
import { longIt } from "../../../support/long-it.ts";
import { waitUntil } from "../../../support/wait-until.ts";

const { show } = CallViewHarness;
const connected = (changes: Partial<CallSnapshot> = {}) => aSnapshot("connected", "audio", changes);
const bothSaid = { local: true, remote: true };

async function opened(
  snapshot = connected(),
  options: Parameters<typeof show>[1] = {},
): Promise<CallViewHarness> {
  const harness = await show(snapshot, options);
  await harness.openPanel();
  return harness;
}

/** The facts of the panel, by name. */
function facts(harness: CallViewHarness): Record<string, string> {
  const rows = [...harness.root.querySelectorAll("dl > div")];
  const text = (row: Element, name: string) =>
    row.querySelector(name)!.textContent.replace(/\s+/g, " ").trim();
  return Object.fromEntries(rows.map((row) => [text(row, "dt"), text(row, "dd")]));
}

describe("the lock", () => {
  it("is a button that names the measured protection and opens the panel", async () => {
    const { lock } = await show(connected());
    expect(lock.innerText.trim()).to.equal(english["protection.protected"]);
    expect([lock.ariaHasPopup, lock.ariaExpanded]).to.deep.equal(["dialog", "false"]);
  });

  it("says verified only where both people said so and frames are protected right now", async () => {
    const words = async (changes: Partial<CallSnapshot>) =>
      (await show(connected(changes))).lock.innerText.trim();
    expect(await words({ verification: bothSaid })).to.equal(english["protection.verified"]);
    for (const verification of [
      { local: true, remote: null },
      { local: null, remote: true },
      { local: true, remote: false },
    ]) {
      expect(await words({ verification })).to.equal(english["protection.protected"]);
    }
    for (const status of protections.filter((name) => name !== "protected")) {
      expect(await words({ verification: bothSaid, protection: aProtection(status) })).to.equal(
        english[`protection.${status}`],
      );
    }
  });

  it("calls nothing end-to-end encrypted but what is protected", () => {
    for (const status of protections) {
      expect(/(?<!not )end-to-end/i.test(english[`protection.${status}`]), status).to.equal(
        status === "protected",
      );
    }
  });

  it("has a target of 44 px", async () => {
    const harness = await show(connected());
    const { lock } = harness;
    lock.scrollIntoView({ block: "center" });
    const { left, width, top, height } = lock.getBoundingClientRect();
    const isHit = (y: number) => harness.root.elementFromPoint(left + width / 2, y) === lock;
    const spare = (44 - height) / 2;
    expect(isHit(top - spare + 0.5)).to.be.true;
    expect(isHit(top + height + spare - 0.5)).to.be.true;
  });
});

describe("the panel behind the lock", () => {
  it("is a dialog with a name that takes the focus, and gives it back to the lock", async () => {
    const harness = await show(connected());
    harness.lock.focus();
    await harness.press("Enter");
    const panel = harness.part("panel");
    expect([panel.role, panel.ariaLabel]).to.deep.equal(["dialog", english.security]);
    expect(harness.root.activeElement === panel).to.be.true;
    await harness.press("Tab");
    expect(harness.focused).to.equal("Close");
    await harness.press("Enter");
    expect(harness.has("panel")).to.be.false;
    expect(harness.root.activeElement === harness.lock).to.be.true;
  });

  it("closes with Escape, which goes no further", async () => {
    const harness = await opened();
    let reached = 0;
    const listen = () => reached++;
    document.addEventListener("keydown", listen);
    await harness.press("Escape");
    expect([harness.has("panel"), reached]).to.deep.equal([false, 0]);
    expect(harness.root.activeElement === harness.lock).to.be.true;
    await harness.press("Escape");
    document.removeEventListener("keydown", listen);
    expect(reached).to.equal(1);
  });

  it("closes with a press beside it, not with one inside or on the toolbar", async () => {
    const harness = await opened(connected(), { size: [800, 600] });
    harness.part("about").click();
    harness.controls.part("microphone").click();
    await harness.settled();
    expect(harness.has("panel")).to.be.true;
    harness.part("stage").click();
    await harness.settled();
    expect(harness.has("panel")).to.be.false;
  });

  it("leaves the toolbar in reach and makes what it covers inert", async () => {
    for (const size of [
      [320, 568],
      [390, 700],
      [844, 390],
      [800, 600],
    ]) {
      const harness = await opened(aSnapshot("connected", "video"), { size });
      const panel = harness.part("panel").getBoundingClientRect();
      const toolbar = harness.root.querySelector("sx-call-controls")!.getBoundingClientRect();
      const outer = harness.element.getBoundingClientRect();
      expect(panel.bottom <= toolbar.top || panel.right <= toolbar.left, String(size)).to.be.true;
      expect(
        panel.left >= outer.left && panel.right <= outer.right && panel.top >= outer.top,
        String(size),
      ).to.be.true;
      expect(harness.root.querySelector<HTMLElement>(".centre")!.inert).to.be.true;
      const body = harness.root.querySelector(".panel-body")!;
      expect(body.scrollWidth, String(size)).to.be.at.most(body.clientWidth);
    }
  });

  it("is mirrored where the page is written from right to left", async () => {
    const harness = await opened(connected(), { size: [800, 600] });
    harness.element.parentElement!.dir = "rtl";
    const panel = harness.part("panel").getBoundingClientRect();
    expect(panel.left - harness.element.getBoundingClientRect().left).to.be.below(50);
  });

  for (const status of protections) {
    const register = status === "protected" ? it : longIt;
    register(`passes axe, where this was measured: ${status}`, async () => {
      const { element } = await opened(connected({ protection: aProtection(status) }));
      await expect(element).to.be.accessible();
    });
  }

  it("is gone with the call, and not there again in the next one", async () => {
    const harness = await opened();
    await harness.changeTo(aSnapshot("ended", "audio"));
    await waitUntil(() => harness.focused === "Close");
    await harness.changeTo(connected());
    expect(harness.has("panel")).to.be.false;
  });

  it("stays while the call reconnects", async () => {
    const harness = await opened();
    await harness.changeTo(aSnapshot("reconnecting", "audio"));
    expect(harness.has("panel")).to.be.true;
  });

  it("is not there in a tiny window", async () => {
    const harness = await opened();
    await harness.resize(200, 150);
    expect(harness.isVisible(".panel")).to.be.false;
  });
});

describe("what the panel tells", () => {
  it("shows each direction, its start, the cipher and the counts", async () => {
    const harness = await opened();
    const { [english.since]: since, ...reported } = facts(harness);
    expect(since).to.match(/1:52/);
    expect(reported).to.deep.equal({
      "From you": "Encrypted",
      "From Ann Petersen": "Encrypted",
      Path: "Direct Ann Petersen can see your IP address.",
      Cipher: "AES_256_GCM_SHA512_128 · X25519 + ML-KEM-768",
      "Frames sealed": "21,480",
      "Frames opened": "21,377",
      "Received twice": "12",
      "Forged, dropped": "0",
    });
  });

  it("says in words what a person can use, and has numbers and ciphers behind a button", async () => {
    const harness = await opened();
    const shown = () => harness.part("panel").innerText;
    expect(shown())
      .to.contain("Direct")
      .and.not.to.match(/AES_256|21,480/);
    harness.part("more-facts-button").click();
    expect(harness.part<HTMLDetailsElement>("more-facts").open).to.be.true;
    expect(shown())
      .to.match(/AES_256/)
      .and.to.contain("21,480");
    // New counts do not close it.
    await harness.changeTo(
      connected({ protection: { ...aProtection("protected"), sealed: 30_000 } }),
    );
    expect(harness.part<HTMLDetailsElement>("more-facts").open).to.be.true;
    await expect(harness.element).to.be.accessible();
  });

  it("is each direction for itself", async () => {
    const tampered = facts(await opened(connected({ protection: aProtection("tampered") })));
    expect([tampered["From you"], tampered["From Ann Petersen"]]).to.deep.equal([
      "Encrypted",
      "Changed on the way",
    ]);
    expect(tampered["Forged, dropped"]).to.equal("318");
    const oneWay = facts(await opened(connected({ protection: aProtection("one-way") })));
    expect([oneWay["From you"], oneWay["From Ann Petersen"]]).to.deep.equal([
      "Encrypted",
      "Nothing yet",
    ]);
  });

  it("names the outer encryption where the engine tells it", async () => {
    expect(facts(await opened())).to.not.have.any.keys("Transport encryption");
    const dtls = { version: "DTLS 1.3", cipher: "TLS_AES_128_GCM_SHA256" };
    const said = async (srtp: string | null) => {
      const protection = { ...aProtection("protected"), dtls: { ...dtls, srtp } };
      return facts(await opened(connected({ protection })))["Transport encryption"];
    };
    expect(await said(null)).to.equal("DTLS 1.3 · TLS_AES_128_GCM_SHA256");
    expect(await said("SRTP_AEAD_AES_128_GCM")).to.equal(
      "DTLS 1.3 · TLS_AES_128_GCM_SHA256 · SRTP_AEAD_AES_128_GCM",
    );
  });

  it("claims no cipher and no time before a frame was encrypted", async () => {
    const reported = facts(await opened(connected({ protection: aProtection("none") })));
    expect(reported).to.not.have.any.keys("Cipher", "Since");
  });

  const paths: [relayed: boolean | null, exposesAddress: boolean, says: string][] = [
    [false, true, "Direct Ann Petersen can see your IP address."],
    [true, false, "Through a relay The relay sees your IP address, Ann Petersen does not."],
    // Without the relay-only policy the other side was sent this device's addresses, whichever path is used in the end.
    [true, true, "Through a relay Ann Petersen may know your IP address all the same."],
    [null, true, "Not known yet"],
  ];
  for (const [relayed, exposesAddress, says] of paths) {
    it(`is who learns the address: relayed ${String(relayed)}, exposed ${String(exposesAddress)}`, async () => {
      expect(facts(await opened(connected({ relayed, exposesAddress }))).Path).to.equal(says);
    });
  }

  it("is never announced", async () => {
    const harness = await opened();
    expect(
      harness.part("panel").querySelector("[aria-live], [role=status], [role=alert], [role=timer]"),
    ).to.be.null;
    const announced = () => harness.announced;
    const before = announced();
    await harness.changeTo(
      connected({ protection: { ...aProtection("protected"), sealed: 30_000, opened: 30_000 } }),
    );
    expect(facts(harness)["Frames sealed"]).to.equal("30,000");
    expect(announced()).to.equal(before);
  });

  it("has the security code, and none where the other app has none", async () => {
    expect((await opened()).has("security-code")).to.be.true;
    const compatible = connected({ protection: aProtection("compatible"), securityCode: null });
    expect((await opened(compatible)).has("security-code")).to.be.false;
    const transport = connected({ protection: aProtection("transport"), securityCode: null });
    const shown = await opened(transport);
    expect(shown.has("security-code")).to.be.false;
    // Unencrypted frames do not count as encrypted.
    expect(facts(shown)).not.to.have.any.keys("Frames sealed", "Frames opened");
  });

  it("takes no name for more than text", async () => {
    const harness = await opened(connected(), { contact: mallory, size: [320, 568] });
    expect(harness.part("panel").querySelector("img")).to.be.null;
    const body = harness.root.querySelector(".panel-body")!;
    expect(body.scrollWidth).to.be.at.most(body.clientWidth);
  });
});

describe("what of the encryption is seen without opening anything", () => {
  const signs = (harness: CallViewHarness) =>
    [...harness.root.querySelectorAll(".sign")].map((sign) =>
      sign.textContent.replace(/\s+/g, " ").trim(),
    );

  it("is that frames were changed: seen, also in a tiny window, and announced once", async () => {
    const harness = await show(connected({ protection: aProtection("tampered") }));
    expect(signs(harness)).to.deep.equal([english["about.tampered"]]);
    expect(harness.announced).to.equal(english["about.tampered"]);
    await harness.resize(200, 150);
    expect(harness.isVisible(".sign.tampered")).to.be.true;
  });

  it("is silence from a device that is on, each direction for itself", async () => {
    const protection = aProtection("stalled");
    expect(signs(await show(connected({ protection })))).to.deep.equal([
      "No sound or picture from Ann Petersen right now",
    ]);
    const sending = { ...protection, sending: "stalled", receiving: "protected" } as const;
    expect(signs(await show(connected({ protection: sending })))).to.deep.equal([
      "Ann Petersen can’t hear or see you right now",
    ]);
  });

  it("is not silence that is as one would expect: everything off, or no path", async () => {
    const protection = aProtection("stalled");
    const remote = { known: true, microphone: false, camera: false, screen: false };
    expect(signs(await show(connected({ protection, remote })))).to.deep.equal([
      "Ann Petersen is muted",
    ]);
    expect(signs(await show(aSnapshot("reconnecting", "audio", { protection })))).to.deep.equal([]);
  });

  it("is why a call ended whose codes did not match, on both sides", async () => {
    const here = await show(anEnding({ reason: "failed", by: "none", problem: "code-mismatch" }));
    expect(here.part("reason").innerText.trim()).to.equal("The security codes did not match");
    const verification = { local: true, remote: false };
    const there = await show(
      anEnding({ reason: "failed", by: "remote", problem: null }, "audio", { verification }),
    );
    expect(there.part("reason").innerText.trim()).to.equal(
      "Ann Petersen said that the security codes do not match",
    );
    for (const side of [here, there])
      expect(side.part("advice").innerText).to.equal(english["advice.code-mismatch"]);
  });
});

describe("sx-protection-changed", () => {
  it("is a change of the lock or of a direction, not a count that grows", async () => {
    const harness = await show(connected());
    const heard = harness.heard("sx-protection-changed");
    const protection = aProtection("protected");
    harness.calls.show(connected({ protection: { ...protection, sealed: 99_999, duplicate: 13 } }));
    expect(heard.length).to.equal(0);
    harness.calls.show(connected({ protection: aProtection("stalled") }));
    harness.calls.show(
      connected({ protection: { ...aProtection("stalled"), sending: "stalled" } }),
    );
    expect(
      heard.map(({ detail }) => [detail.protection.status, detail.protection.sending]),
    ).to.deep.equal([
      ["stalled", "protected"],
      ["stalled", "stalled"],
    ]);
  });

  it("is that the code was checked, once the call has taken it, with the digits of the long form", async () => {
    const harness = await show(connected());
    const heard = harness.heard("sx-security-code-checked");
    await harness.openPanel();
    await harness.code.clickWithMouse("match");
    expect(heard.length).to.equal(0);
    harness.calls.show(connected({ verification: { local: true, remote: null } }));
    harness.calls.show(connected({ verification: { local: true, remote: true } }));
    expect(heard.map(({ detail }) => detail)).to.deep.equal([
      { match: true, code: "41 31 01 52 20 63 09" },
    ]);
  });

  it("is a mismatch before the end that it brings, and the same answer again in the next call", async () => {
    const harness = await show(connected());
    const heard: string[] = [];
    for (const name of ["sx-state-changed", "sx-security-code-checked"] as const) {
      harness.element.addEventListener(name, () => heard.push(name));
    }
    const { securityCode } = connected();
    const ended = anEnding({ reason: "failed", by: "none", problem: "code-mismatch" }, "audio", {
      securityCode,
      verification: { local: false, remote: null },
    });
    harness.calls.show(ended);
    expect(heard).to.deep.equal(["sx-security-code-checked", "sx-state-changed"]);
    harness.calls.show(
      connected({ callId: "YW5vdGhlciBjYWxsLi4uLg", verification: { local: false, remote: null } }),
    );
    expect(heard.length).to.equal(4);
  });
});
