import "sx-call-kit/define";
import { encode } from "uqr";
import { createPersonDevices, lacksDevices } from "./drawn-people.ts";
import { Phone } from "./phone.ts";
import { portraits } from "./portraits.ts";
import { RoomChannel } from "./room-channel.ts";
import type { RoomState } from "./room-channel.ts";
import { deriveHostSecret, fromFragment, newRoom, toFragment } from "./room-cipher.ts";
import type { RoomLink } from "./room-cipher.ts";

/*
 * A room for two devices with the same link. All secrets are in the link's fragment: the link admits its holder, and the
 * relaying server cannot read the messages.
 */

const words: Record<RoomState, string> = {
  joining: "Looking for the relay …",
  alone: "Nobody else is here. Send the link to the other device.",
  meeting: "Somebody is coming in …",
  together: "You are both here. Messages between you are sealed with the secret in the link.",
  unreadable:
    "The other device came with another link: its messages cannot be read, and there is no call. Copy the link again.",
  full: "There are two devices in this room already. Open a new room.",
};

function find<T extends Element>(id: string, type: new () => T): T {
  const element = document.getElementById(id);
  if (!(element instanceof type)) throw new Error(`The page has no "${id}".`);
  return element;
}

const status = find("room-status", HTMLElement);

async function enter(room: RoomLink): Promise<void> {
  history.replaceState(null, "", `#${toFragment(room)}`);
  const link = find("link", HTMLInputElement);
  link.value = location.href;
  find("code", HTMLElement).replaceChildren(drawCode(location.href));
  // The loopback of another device is that device.
  find("nearby", HTMLElement).hidden = !/^(?:localhost|127\.|\[::1\])/.test(location.hostname);
  find("share", HTMLElement).hidden = false;
  find("copy", HTMLButtonElement).addEventListener("click", () => void copy(link));

  const drawn = find("drawn", HTMLInputElement);
  drawn.checked = await lacksDevices();
  // Of two devices, one is one person and one most likely another.
  const everybody = Object.values(portraits);
  const person = everybody[Math.floor(Math.random() * everybody.length)] ?? portraits.ann;
  const devices = createPersonDevices(person, 0, true);
  const hostSecret = await deriveHostSecret(room.secret);
  const relay = new URL("room-relay", location.href);
  relay.protocol = location.protocol === "https:" ? "wss:" : "ws:";
  relay.hash = "";
  let phone: Phone | null = null;
  const channel = new RoomChannel(room, relay, (state) => {
    status.textContent = words[state];
    status.dataset.state = state;
    // Only a present person can be called; an ongoing call needs no relay.
    const actions = phone?.element.querySelector<HTMLElement>(".actions");
    if (actions) actions.hidden = state !== "together";
  });
  phone = new Phone({
    title: "Room",
    owner: "this device",
    contact: { id: "other", name: "The other device" },
    channel,
    messages: [],
    devices: () => (drawn.checked ? devices : null),
    ringSeconds: () => 60,
  });
  const { element } = phone;
  const [view, actions] = [
    element.querySelector("sx-call-view"),
    element.querySelector<HTMLElement>(".actions"),
  ];
  if (view) view.hostSecret = hostSecret;
  if (actions) actions.hidden = true;
  find("phones", HTMLElement).append(element);
}

/** @returns the link as a QR code: one path, drawn by the DOM. */
function drawCode(text: string): SVGSVGElement {
  const { data, size } = encode(text, { ecc: "M", border: 3 });
  const name = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(name, "svg");
  const path = document.createElementNS(name, "path");
  const modules = data.flatMap((row, y) =>
    row.flatMap((isDark, x) => (isDark ? [`M${String(x)} ${String(y)}h1v1h-1z`] : [])),
  );
  path.setAttribute("d", modules.join(""));
  path.setAttribute("fill", "#000");
  svg.setAttribute("viewBox", `0 0 ${String(size)} ${String(size)}`);
  svg.setAttribute("shape-rendering", "crispEdges");
  svg.setAttribute("role", "img");
  svg.setAttribute("aria-label", "QR code of the link");
  svg.append(path);
  return svg;
}

async function copy(link: HTMLInputElement): Promise<void> {
  const said = find("copied", HTMLElement);
  try {
    await navigator.clipboard.writeText(link.value);
    said.textContent = "Copied.";
  } catch {
    link.select();
    said.textContent = "Press Ctrl+C to copy it.";
  }
}

const fragment = location.hash.slice(1);
const room = fragment === "" ? null : fromFragment(fragment);
// Another link in the same tab is another room, from the beginning.
addEventListener("hashchange", () => {
  location.reload();
});
if (!isSecureContext) {
  status.textContent =
    "A browser calls from https pages only: start the demo with npm start -- --lan --https.";
} else if (fragment !== "" && room === null) {
  status.textContent = "This link is not complete. Ask for it again, or open a new room.";
} else {
  await enter(room ?? newRoom());
}
