import { expect } from "@open-wc/testing";
import { connect, decodesMore } from "../support/simplex/pair.ts";
import type { Source } from "../support/simplex/protocol.ts";
import { SimplexApp } from "../support/simplex/app.ts";
import { drawnDevices, drawnPageDevices, kitPage } from "../support/simplex-kit.ts";
import { errorsOf, kitRoles, mixedPair } from "../support/simplex-mixed.ts";
import type { MixedPair } from "../support/simplex-mixed.ts";
import { longIt } from "../support/long-it.ts";

const ok = { type: "ok" };

describe("devices in a call of the kit's page with SimpleX's", () => {
  let pair: MixedPair;

  afterEach(() => {
    const violations = [...pair.a.violations, ...pair.b.violations];
    const { said } = pair.kit.sight;
    pair.close();
    expect(violations).to.deep.equal([]);
    expect(said).to.deep.equal([]);
  });

  const bothDecode = (...sources: Source[]) =>
    Promise.all(
      sources.flatMap((source) => [pair.kit.decodesMore(source), decodesMore(pair.page, source)]),
    );

  for (const role of kitRoles) {
    const register = role === "caller" ? it : longIt;
    register(
      `follow each host's mute and camera switch, and the other side notices: the kit as ${role}`,
      async () => {
        pair = await mixedPair(role);
        await connect(pair, "video");
        await bothDecode("mic", "camera");
        const { kit, kitApp, page, pageApp } = pair;
        const has = (app: typeof kitApp, ...sources: Source[]) =>
          app.untilThat(
            () =>
              app.peerMedia.size === sources.length &&
              sources.every((source) => app.peerMedia.has(source)),
          );
        await Promise.all([has(pageApp, "mic", "camera"), has(kitApp, "mic", "camera")]);

        expect(await kitApp.media("mic", false)).to.deep.equal(ok);
        expect(kit.host.snapshot.local.microphone.state).to.equal("off");
        await has(pageApp, "camera");
        expect(await kitApp.media("camera", false)).to.deep.equal(ok);
        await has(pageApp);
        expect(await kitApp.media("mic", true)).to.deep.equal(ok);
        expect(await kitApp.media("camera", true)).to.deep.equal(ok);
        await has(pageApp, "mic", "camera");
        await Promise.all([decodesMore(page, "camera"), decodesMore(page, "mic")]);

        await pageApp.media("mic", false);
        await has(kitApp, "camera");
        await kit.until(({ remote }) => !remote.microphone && remote.camera);
        await pageApp.media("camera", false);
        await has(kitApp);
        await kit.until(({ remote }) => !remote.camera);
        expect(kit.host.tracks.remoteCamera === null).to.equal(true);
        await pageApp.media("mic", true);
        await pageApp.media("camera", true);
        await has(kitApp, "mic", "camera");
        await bothDecode("mic", "camera");
      },
    );

    register(
      `join a call with sound alone by a camera of either side: the kit as ${role}`,
      async () => {
        pair = await mixedPair(role);
        await connect(pair, "audio");
        await bothDecode("mic");
        expect((await pair.page.inbound("camera")).bytesReceived).to.equal(0);
        expect(await pair.kitApp.media("camera", true)).to.deep.equal(ok);
        await decodesMore(pair.page, "camera");
        expect(await pair.pageApp.media("camera", true)).to.deep.equal(ok);
        await bothDecode("mic", "camera");
      },
    );

    longIt(`show a screen of either side, beside the camera: the kit as ${role}`, async () => {
      pair = await mixedPair(role);
      await connect(pair, "video");
      const { kit, kitApp, page, pageApp } = pair;
      expect(await kitApp.media("screenVideo", true)).to.deep.equal(ok);
      await Promise.all([decodesMore(page, "screenVideo"), decodesMore(page, "camera")]);
      expect(await pageApp.media("screenVideo", true)).to.deep.equal(ok);
      await kitApp.untilThat(() => kitApp.peerMedia.has("screenVideo"));
      await bothDecode("mic", "camera", "screenVideo");
      expect(await kitApp.media("screenVideo", false)).to.deep.equal(ok);
      await pageApp.untilThat(() => !pageApp.peerMedia.has("screenVideo"));
      await pageApp.media("screenVideo", false);
      await kit.until(({ remote }) => !remote.screen && remote.camera);
      await kitApp.untilThat(() => !kitApp.peerMedia.has("screenVideo"));
      await bothDecode("mic", "camera");
    });

    register(
      `flip to the camera that the host names, with the microphone as it was: the kit as ${role}`,
      async () => {
        pair = await mixedPair(role);
        await connect(pair, "video");
        const { kit, kitApp, pageApp, page } = pair;
        await pageApp.untilThat(() => pageApp.peerMedia.has("mic"));
        await kitApp.media("mic", false);
        await pageApp.untilThat(() => !pageApp.peerMedia.has("mic"));
        expect(await kitApp.flip("environment")).to.deep.equal(ok);
        expect(kit.asked.at(-1)).to.equal("camera environment");
        expect(kit.host.snapshot.local.microphone.state).to.equal("off");
        await decodesMore(page, "camera");
        expect(pageApp.peerMedia.has("mic")).to.equal(false);
        expect(await pageApp.flip("environment")).to.deep.equal(ok);
        await kit.decodesMore("camera");
        // With the camera off it is the next one that looks the other way.
        await kitApp.media("camera", false);
        expect(await kitApp.flip("user")).to.deep.equal(ok);
        expect(kit.host.snapshot.local.camera.state).to.equal("off");
        expect(await kitApp.media("camera", true)).to.deep.equal(ok);
        expect(kit.asked.at(-1)).to.equal("camera user");
        await decodesMore(page, "camera");
      },
    );

    for (const media of ["audio", "video"] as const) {
      longIt(`know an old version, in a call with ${media}: the kit as ${role}`, async () => {
        pair = await mixedPair(role, { page: { version: "old" } });
        await connect(pair, media);
        const { kitApp, page } = pair;
        await bothDecode("mic");
        const refusal = {
          type: "error",
          message: "media: the other side's version cannot show that now",
        };
        expect(await kitApp.media("screenVideo", true)).to.deep.equal(refusal);
        if (media === "video") {
          await bothDecode("camera");
          expect(await kitApp.media("camera", false)).to.deep.equal(ok);
          expect(await kitApp.media("camera", true)).to.deep.equal(ok);
          await decodesMore(page, "camera");
        } else {
          expect(await kitApp.media("camera", true)).to.deep.equal(refusal);
          expect((await page.inbound("camera")).bytesReceived).to.equal(0);
        }
      });
    }
  }

  longIt(
    "switch a camera off that an old callee cannot take, in a reply to nobody's command",
    async () => {
      pair = await mixedPair("caller", { page: { version: "old" } });
      pair.a.call("audio");
      await pair.b.untilThat(() => pair.b.isRinging);
      expect(await pair.a.media("camera", true)).to.deep.equal(ok);
      pair.b.accept();
      await pair.a.untilResponse(
        ({ command, resp }) => resp.type === "ok" && command?.type === "media" && !command.enable,
      );
      await pair.a.until("Connected");
      await pair.kit.until(({ local }) => local.camera.state === "off");
      expect((await pair.page.inbound("camera")).bytesReceived).to.equal(0);
    },
  );

  it("are asked about with an error where they are refused", async () => {
    const refused = () => Promise.reject(new DOMException("Refused.", "NotAllowedError"));
    const mediaDevices = { getUserMedia: refused, enumerateDevices: () => Promise.resolve([]) };
    pair = await mixedPair("caller", {
      kit: { mediaDevices },
      page: { devices: drawnPageDevices() },
    });
    pair.a.call("video");
    await pair.a.untilThat(() => errorsOf(pair.a).length > 0);
    expect(errorsOf(pair.a)).to.deep.equal(["capabilities: microphone: permission-denied"]);
    await pair.a.untilThat(() =>
      pair.a.received.some(({ command }) => command?.type === "permission"),
    );
    expect(pair.a.state).to.equal("WaitCapabilities");
  });
});

describe("the microphone and the camera of a preview", () => {
  for (const [what, giveUp] of Object.entries<(app: SimplexApp) => unknown>({
    "the app ends the call": (app) => app.command({ type: "end" }),
    "the app begins another call": (app) => app.command({ type: "capabilities", media: "audio" }),
    "the app accepts another call": (app) => app.command({ type: "start", media: "audio" }),
  })) {
    for (const isLate of [false, true]) {
      const register = what === "the app begins another call" && isLate ? it : longIt;
      register(
        `are released where ${what} before it connects${isLate ? ", though they open after that" : ""}`,
        async () => {
          const { devices } = drawnDevices(440);
          const tracks: MediaStreamTrack[] = [];
          let open: () => void = () => undefined;
          const opening = isLate
            ? new Promise<void>((resolve) => {
                open = resolve;
              })
            : Promise.resolve();
          const kit = kitPage({
            mediaDevices: {
              ...devices,
              async getUserMedia(constraints) {
                const stream = await devices.getUserMedia(constraints);
                // Of the first call alone: those of the next one go on.
                if (kit.host.snapshot.media === "video") {
                  tracks.push(...stream.getTracks());
                  await opening;
                }
                return stream;
              },
            },
          });
          const app = await SimplexApp.open(kit.open);
          app.line.send({ type: "capabilities", media: "video" });
          while (tracks.length < 2) await new Promise((resolve) => setTimeout(resolve, 20));
          if (!isLate) {
            await app.untilResponse(({ resp }) => resp.type === "capabilities");
            expect(tracks.map(({ readyState }) => readyState)).to.deep.equal(["live", "live"]);
          }
          await giveUp(app);
          open();
          while (tracks.some(({ readyState }) => readyState === "live"))
            await new Promise((resolve) => setTimeout(resolve, 20));
          app.close();
        },
      );
    }
  }
});
