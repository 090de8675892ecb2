import { html, render } from "lit";
import { styleMap } from "lit/directives/style-map.js";
import { emulateMedia, setViewport } from "@web/test-runner-commands";
import { visualDiff } from "@web/test-runner-visual-regression";
import "sx-call-kit/define";
import { registerWords, type SxCallView } from "sx-call-kit";
import arabic from "../../src/elements/words/locales/ar.ts";
import { ann, bob, noura } from "../../stories/support/contacts.ts";
import { fixedCalls } from "../../stories/support/fixed-calls.ts";
import { posters, type Poster } from "../../stories/support/posters.ts";
import { now } from "../../stories/support/snapshots.ts";

// The letters are the same on every machine: those of two packages, served from here.
const letters = "Noto Sans, Noto Sans Arabic";
const fonts = [
  ["Noto Sans", "noto-sans/files/noto-sans-latin-400-normal.woff2", "400"],
  ["Noto Sans", "noto-sans/files/noto-sans-latin-600-normal.woff2", "600"],
  ["Noto Sans Arabic", "noto-sans-arabic/files/noto-sans-arabic-arabic-400-normal.woff2", "400"],
  ["Noto Sans Arabic", "noto-sans-arabic/files/noto-sans-arabic-arabic-600-normal.woff2", "600"],
] as const;

const sizes = [
  [160, 160],
  [390, 844],
  [844, 390],
  [1280, 800],
] as const;

const looks = [
  { name: "light", colorScheme: "light", dir: "ltr", lang: "en", contact: ann },
  { name: "dark", colorScheme: "dark", dir: "ltr", lang: "en", contact: ann },
  { name: "right-to-left", colorScheme: "light", dir: "rtl", lang: "ar", contact: noura },
] as const;

/** Five of them differ from another one by words alone. */
const pictured = posters.filter(
  ({ name }) => !["incoming audio", "inviting", "connecting", "held", "blocked"].includes(name),
);

const realNow = Date.now.bind(Date);

/** Waits until every picture is there: a video that has none yet is black. */
async function drawnIn(root: ParentNode): Promise<void> {
  const shadows = [...root.querySelectorAll("*")].flatMap(({ shadowRoot }) => shadowRoot ?? []);
  for (const video of root.querySelectorAll("video")) {
    if (video.srcObject !== null)
      await new Promise((resolve) => video.requestVideoFrameCallback(resolve));
  }
  for (const image of root.querySelectorAll("img")) await image.decode();
  for (const shadow of shadows) await drawnIn(shadow);
}

describe("the posters of a call", () => {
  const place = document.createElement("div");

  before(async () => {
    registerWords(arabic);
    for (const [family, path, weight] of fonts) {
      const font = new FontFace(family, `url(/node_modules/@fontsource/${path})`, { weight });
      document.fonts.add(await font.load());
    }
    // Without the wash of colour behind it, whose picture files are ten times as large.
    const plain = new CSSStyleSheet();
    plain.replaceSync(
      "sx-call-view::part(surface), sx-call-view::part(incoming-call) { background-image: none; }",
    );
    document.adoptedStyleSheets.push(plain);
    document.body.append(place);
    document.body.style.margin = "0";
    await setViewport({ width: 1280, height: 860 });
    // A clock that stands still, and no motion: a picture is taken of one moment.
    Date.now = () => now;
  });

  after(async () => {
    Date.now = realNow;
    document.adoptedStyleSheets.pop();
    place.remove();
    await emulateMedia({ colorScheme: "light", reducedMotion: "no-preference" });
    await setViewport({ width: 800, height: 600 });
  });

  async function show(
    { snapshot, tracks, others = [] }: Poster,
    look: (typeof looks)[number],
    size: readonly [number, number],
  ) {
    const drawn = tracks?.() ?? {};
    // Without a small window: whether one is possible is known once a picture plays, and a slow machine may draw its button or not.
    const [width, height] = size;
    const box = {
      inlineSize: `${String(width)}px`,
      blockSize: `${String(height)}px`,
      fontFamily: letters,
    };
    render(
      html`<div
        id="poster"
        dir=${look.dir}
        style=${styleMap({ ...box, colorScheme: look.colorScheme })}
      >
        <sx-call-view
          lang=${look.lang}
          dir=${look.dir}
          small-window="off"
          .contact=${look.contact}
          .contactOf=${(callId: string) => (others.some((other) => other.callId === callId) ? bob : null)}
          .calls=${fixedCalls(snapshot, drawn, others)}
        ></sx-call-view>
      </div>`,
      place,
    );
    await place.querySelector<SxCallView>("sx-call-view")!.updateComplete;
    await drawnIn(place);
    // The toolbar is measured one frame after the picture appears.
    for (let frame = 0; frame < 3; frame++)
      await new Promise((resolve) => requestAnimationFrame(resolve));
    return drawn;
  }

  for (const look of looks) {
    for (const size of sizes) {
      it(`look as they were drawn: ${look.name}, ${String(size[0])} wide`, async () => {
        await emulateMedia({ colorScheme: look.colorScheme, reducedMotion: "reduce" });
        for (const poster of pictured) {
          const drawn = await show(poster, look, size);
          await visualDiff(
            place.querySelector("#poster")!,
            `${look.name}/${String(size[0])}/${poster.name.replace(" ", "-")}`,
          );
          for (const track of Object.values(drawn)) track?.stop();
          render(html``, place);
        }
      });
    }
  }
});
