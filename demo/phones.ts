import "sx-call-kit/define";
import { createPagePair, createTabChannel } from "./channel.ts";
import type { Channel } from "./channel.ts";
import { createPersonDevices, lacksDevices } from "./drawn-people.ts";
import { Phone } from "./phone.ts";
import { portraits } from "./portraits.ts";

/*
 * Two messengers side by side, or one in this tab and one in another (`?phone=a`, `?phone=b`).
 */

function input(id: string): HTMLInputElement {
  const element = document.getElementById(id);
  if (!(element instanceof HTMLInputElement)) throw new Error(`The page has no input "${id}".`);
  return element;
}

const delay = input("delay");
const ring = input("ring");
const drawn = input("drawn");
const delayValue = document.getElementById("delay-value");

delay.addEventListener("input", () => {
  if (delayValue) delayValue.textContent = `${delay.value} ms`;
});
drawn.checked = await lacksDevices();

const alice = { id: "alice", name: "Alice Liddell" };
const bob = { id: "bob", name: "Bob Cratchit" };

function makePhone(name: "a" | "b", channel: Channel): Phone {
  const isA = name === "a";
  const [own, other] = isA ? [alice, bob] : [bob, alice];
  const portrait = isA ? portraits.ann : portraits.ben;
  const drawnDevices = createPersonDevices(portrait, isA ? 0 : 1, true);
  const messages = [
    { mine: isA, text: "Shall we talk about Sunday?" },
    { mine: !isA, text: "Yes. Call me, it is easier." },
  ];
  return new Phone({
    title: `Phone ${name.toUpperCase()}`,
    owner: own.name,
    contact: other,
    channel,
    messages,
    devices: () => (drawn.checked ? drawnDevices : null),
    ringSeconds: () => ring.valueAsNumber || 60,
  });
}

const milliseconds = () => delay.valueAsNumber;
const only = new URLSearchParams(location.search).get("phone");
const phones: Phone[] = [];
if (only === "a" || only === "b") {
  const name = document.getElementById("channel-name");
  if (name) name.textContent = "a BroadcastChannel between two tabs";
  phones.push(makePhone(only, createTabChannel(milliseconds)));
} else {
  const [a, b] = createPagePair(milliseconds);
  phones.push(makePhone("a", a), makePhone("b", b));
}
document.getElementById("phones")?.append(...phones.map(({ element }) => element));
