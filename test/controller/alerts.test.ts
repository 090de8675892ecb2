import { expect } from "@open-wc/testing";
import type { CallSnapshot } from "sx-call-kit";
import { Alerts, type AlertSettings } from "../../src/controller/alerts.ts";
import { toneOf, type Tone } from "../../src/media/sound/tones.ts";
import { aSnapshot, anEnding, aWaitingCall } from "../../stories/support/snapshots.ts";

/** Says what is played, stopped and shaken, in order. */
function anEar(changes: Partial<AlertSettings> = {}) {
  const log: string[] = [];
  let settings: AlertSettings = {
    volume: 0.5,
    ring: false,
    haptics: true,
    region: null,
    language: "en-GB",
    ...changes,
  };
  const player = {
    volume: -1,
    play: (tone: Tone) => {
      const name = nameOf(tone);
      log.push(`play ${name}`);
      return () => void log.push(`stop ${name}`);
    },
    resume: () => void log.push("resume"),
  };
  const alerts = new Alerts(player, (pattern) =>
    log.push(`vibrate ${pattern.length === 96 ? "ringing" : pattern.join()}`),
  );
  const follow = (snapshot: CallSnapshot, others: readonly CallSnapshot[] = []) => {
    alerts.follow({ snapshot, others }, settings);
    return log.splice(0);
  };
  const set = (more: Partial<AlertSettings>) => (settings = { ...settings, ...more });
  return { alerts, player, log, follow, set };
}

const names = [
  "waiting",
  "ringback",
  "ring",
  "reconnecting",
  "knock",
  "connected",
  "ended",
  "busy",
] as const;
const nameOf = (tone: Tone) =>
  ["GB", "US", "FR"]
    .flatMap((region) => names.map((name) => [name, region] as const))
    .filter(([name, region]) => JSON.stringify(toneOf(name, region)) === JSON.stringify(tone))
    .map(([name, region]) =>
      name === "ringback" || name === "busy" ? `${name} ${region}` : name,
    )[0]!;
const call = (state: CallSnapshot["state"]) => aSnapshot(state, "audio");
const busy = anEnding({ reason: "busy", by: "remote", problem: null });

describe("the alerts of a call", () => {
  it("go from one sound to the next as the call does", () => {
    const { follow } = anEar({ haptics: false });
    expect(follow(call("idle"))).to.deep.equal([]);
    expect(follow(call("inviting"))).to.deep.equal(["play waiting"]);
    expect(follow(call("ringing"))).to.deep.equal(["stop waiting", "play ringback GB"]);
    expect(follow(call("connecting"))).to.deep.equal(["stop ringback GB", "play waiting"]);
    expect(follow(call("connected"))).to.deep.equal(["stop waiting", "play connected"]);
    expect(follow(call("reconnecting"))).to.deep.equal(["stop connected", "play reconnecting"]);
    expect(follow(call("connected"))).to.deep.equal(["stop reconnecting", "play connected"]);
    expect(follow(call("ended"))).to.deep.equal(["stop connected", "play ended"]);
  });

  it("do not begin a sound anew that goes on", () => {
    const { follow } = anEar();
    follow(call("ringing"));
    expect(follow({ ...call("ringing"), exposesAddress: true })).to.deep.equal([]);
  });

  it("knock for a second call until it is gone", () => {
    const { follow } = anEar();
    follow(call("connected"));
    expect(follow(call("connected"), [aWaitingCall()])).to.deep.equal(["play knock"]);
    expect(follow(call("connected"))).to.deep.equal(["stop knock"]);
  });

  it("play the tones of the region that the host names, else of the language", () => {
    const { follow, set } = anEar({ region: "fr" });
    expect(follow(call("ringing"))).to.deep.equal(["play ringback FR"]);
    set({ region: null, language: "en" });
    follow(call("idle"));
    expect(follow(call("ringing"))).to.deep.equal(["play ringback US"]);
  });

  it("leave the ring to the host, unless it is asked for", () => {
    const silent = anEar();
    expect(silent.follow(call("incoming"))).to.deep.equal([]);
    const { follow } = anEar({ ring: true });
    expect(follow(call("incoming"))).to.deep.equal(["play ring", "vibrate ringing"]);
    expect(follow(call("connecting"))).to.deep.equal(["stop ring", "play waiting", "vibrate "]);
  });

  it("stop at once where the host turns them off, and go on where it turns them on", () => {
    const { follow, set, player } = anEar({ ring: true });
    follow(call("incoming"));
    set({ volume: 0 });
    expect(follow(call("incoming"))).to.deep.equal(["stop ring"]);
    set({ haptics: false });
    expect(follow(call("incoming"))).to.deep.equal(["vibrate "]);
    set({ volume: 7 });
    expect(follow(call("incoming"))).to.deep.equal(["play ring"]);
    expect(player.volume).to.equal(1);
  });

  it("are silent for a volume that is no number above 0, and can still be felt", () => {
    for (const volume of [0, -1, Number.NaN]) {
      const { follow } = anEar({ volume });
      follow(call("ringing"));
      expect([...follow(call("connected")), ...follow(call("ended"))], `${volume}`).to.deep.equal([
        "vibrate 30",
        "vibrate 30,60,30",
      ]);
    }
  });

  it("can be felt at a press of the microphone, unless the host turned that off", () => {
    const muted = call("connected");
    const off = {
      ...muted,
      local: { ...muted.local, microphone: { state: "off", problem: null } as const },
    };
    const { follow, set } = anEar();
    follow(call("connected"));
    expect(follow(off)).to.deep.equal(["vibrate 15"]);
    set({ haptics: false });
    expect(follow(call("connected"))).to.deep.equal([]);
  });

  it("end the busy tone with the screen that it belongs to, or with the next call", () => {
    const { follow, alerts, log } = anEar({ haptics: false });
    follow(call("ringing"));
    expect(follow(busy)).to.deep.equal(["stop ringback GB", "play busy GB"]);
    alerts.hush();
    alerts.hush();
    expect(log.splice(0)).to.deep.equal(["stop busy GB"]);
    follow(call("ringing"));
    follow(busy);
    expect(follow({ ...call("inviting"), callId: "dGhlIG5leHQgY2FsbC4uLg" })).to.deep.equal([
      "stop busy GB",
      "play waiting",
    ]);
  });

  it("end it, too, where the host turns the sounds off", () => {
    const { follow, set } = anEar({ haptics: false });
    follow(call("ringing"));
    follow(busy);
    set({ volume: 0 });
    expect(follow(busy)).to.deep.equal(["stop busy GB"]);
  });

  it("leave nothing behind, and restart without a cue for what was there before", () => {
    const { follow, alerts, log } = anEar({ ring: true });
    follow(call("incoming"));
    alerts.release();
    alerts.release();
    expect(log.splice(0)).to.deep.equal(["stop ring", "vibrate "]);
    expect(follow(call("connected"))).to.deep.equal([]);
  });

  it("ask the player to sound once a person has pressed something", () => {
    const { alerts, log } = anEar();
    alerts.resume();
    expect(log).to.deep.equal(["resume"]);
  });

  it("test the chosen speaker as loud as the call, apart from the tones, one test at a time", () => {
    const log: string[] = [];
    const tester = {
      volume: -1,
      speaker: "none",
      play: () => {
        log.push(`play at ${tester.volume} by ${tester.speaker}`);
        return () => void log.push("stop");
      },
      resume: () => void log.push("resume"),
    };
    const { player } = anEar();
    const alerts = new Alerts(player, () => undefined, tester);
    const devices = { ...aSnapshot("connected").devices, speaker: "headset" };
    const settings = {
      ...{ volume: 0.5, ring: false, haptics: false },
      region: null,
      language: "en",
    };
    alerts.follow({ snapshot: aSnapshot("connected", "audio", { devices }), others: [] }, settings);
    alerts.test(0.2);
    alerts.test(1);
    expect(log).to.deep.equal([
      ...["play at 0.2 by headset", "resume", "stop"],
      ...["play at 1 by headset", "resume"],
    ]);
    expect(player.volume).to.equal(0.5);
    alerts.release();
    expect(log.at(-1)).to.equal("stop");
  });
});
