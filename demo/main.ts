import "sx-call-kit/define";
import { createPagePair } from "./channel.ts";
import { avatarOf, createPersonDevices } from "./drawn-people.ts";
import { Handset } from "./handset.ts";
import { languages, loadLanguage, nameOf } from "./languages.ts";
import { portraits } from "./portraits.ts";
import { RelayView } from "./relay-view.ts";
import { applyTheme, themes } from "./themes.ts";
import { Wire } from "./wire.ts";

/*
 * The shop window: a call between two drawn people that runs when the page opens, what is to be seen of it on its way, and switches for
 * what happens to calls. The call is a real one, between two views of the kit; only cameras and microphones are drawn.
 */

function find<T extends Element>(id: string, type: new () => T): T {
  const element = document.getElementById(id);
  if (!(element instanceof type)) throw new Error(`The page has no "${id}".`);
  return element;
}

const stage = document.querySelector<HTMLElement>(".stage") ?? document.body;
const notice = find("notice", HTMLElement);

const people = {
  ann: { id: "ann", name: "Ann Berg", avatarUrl: avatarOf(portraits.ann) },
  ben: { id: "ben", name: "Ben Okoro", avatarUrl: avatarOf(portraits.ben) },
  carol: { id: "carol", name: "Carol Díaz", avatarUrl: avatarOf(portraits.carol) },
};
const relay = new RelayView();
const wire = new Wire((frame) => {
  relay.take(frame);
});
const ann = new Handset(
  "Ann",
  people.ben,
  createPersonDevices(portraits.ann, 0),
  wire.workerOf("Ann"),
);
const ben = new Handset(
  "Ben",
  people.ann,
  createPersonDevices(portraits.ben, 1),
  wire.workerOf("Ben"),
);
const carol = new Handset(
  "Carol",
  people.ann,
  createPersonDevices(portraits.carol, 1),
  wire.workerOf("Carol"),
);
const [annToBen, benToAnn] = createPagePair(() => 0);
const [annToCarol, carolToAnn] = createPagePair(() => 0);
ann.connect(annToBen, people.ben);
ben.connect(benToAnn, people.ann);
ann.connect(annToCarol, people.carol);
carol.connect(carolToAnn, people.ann);

/** The first call is answered by Ben: nobody has to press anything. Later ones ring. */
ben.view.addEventListener("sx-incoming", () => void ben.view.acceptCall({ media: "video" }), {
  once: true,
});

/** A switch, and whether it is on: what it stands for may end by itself. */
function toggle(id: string, change: (on: boolean) => unknown): (on: boolean) => void {
  const button = find(id, HTMLButtonElement);
  const show = (on: boolean) => {
    button.setAttribute("aria-checked", String(on));
  };
  button.addEventListener("click", () => {
    const on = button.getAttribute("aria-checked") !== "true";
    show(on);
    void change(on);
  });
  return show;
}

function fill(select: HTMLSelectElement, options: readonly (readonly [string, string])[]): void {
  for (const [value, title] of options) select.add(new Option(title, value));
}

toggle("weak", (isWeak) => {
  wire.change({ isWeak });
});
toggle("tamper", (isTampering) => {
  wire.change({ isTampering });
  stage.toggleAttribute("data-tampering", isTampering);
});
const showScreen = toggle("screen", (on) =>
  ben.view.setScreenShare(on).catch(() => {
    notice.textContent = "There is no call whose screen could be shared.";
    showScreen(false);
  }),
);
const showSecond = toggle("second", (on) =>
  on ? carol.call() : carol.view.hangUp().catch(() => undefined),
);
toggle("sound", (on) => {
  for (const { view } of [ann, ben]) {
    view.callVolume = on ? 1 : 0;
    view.volume = on ? 0.5 : 0;
  }
  stage.toggleAttribute("data-sound", on);
});
// Neither voices nor tones before somebody asks for them.
for (const { view } of [ann, ben, carol]) view.callVolume = view.volume = 0;

// A shared screen and a call may end by themselves, or by a press in a phone.
carol.view.addEventListener("sx-call-ended", () => {
  showSecond(false);
});
setInterval(() => {
  showScreen(ben.view.snapshot.local.screen.state !== "off");
}, 400);

const language = find("language", HTMLSelectElement);
fill(
  language,
  languages.map((code) => [code, nameOf(code)]),
);
language.addEventListener("change", () => void speak(language.value));

async function speak(code: string): Promise<void> {
  const direction = await loadLanguage(code);
  stage.lang = code;
  for (const { element } of [ann, ben]) element.dir = direction;
}

const theme = find("theme", HTMLSelectElement);
fill(
  theme,
  Object.entries(themes).map(([name, { title }]) => [name, title]),
);
theme.addEventListener("change", () => {
  applyTheme(stage, theme.value);
});
const scheme = find("scheme", HTMLSelectElement);
scheme.addEventListener("change", () => {
  document.documentElement.style.colorScheme = scheme.value;
});
for (const radio of document.querySelectorAll<HTMLInputElement>("input[name=shown]")) {
  radio.addEventListener("change", () => {
    stage.dataset.shown = radio.value;
  });
}

find("ann", HTMLElement).append(ann.element);
find("ben", HTMLElement).append(ben.element);
carol.element.classList.add("elsewhere");
carol.element.inert = true;
document.body.append(carol.element);
void ann.call();
