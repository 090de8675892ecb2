import { attempt, fieldOf, isAbsent, isRecord, toText } from "./host-value.ts";

/** Why an entry of a server list, or a URL of it, is dropped. */
export type IceServerFault =
  /** Neither an object nor a URL. */
  | "not-a-server"
  /** No URL. */
  | "no-address"
  /** Not a URL of STUN (RFC 7064) or TURN (RFC 7065). */
  | "bad-address"
  /** A TURN server without user name or password, with which no engine creates a connection (W3C WebRTC, section 4.4.1.6). */
  | "no-credentials"
  /** More URLs than an engine should ask. */
  | "too-many";

/** The valid part of a server list. */
export interface IceServerList {
  readonly servers: RTCIceServer[];
  /** `index`: of the entry in the given list; `null` where the value is no list. */
  readonly refused: readonly { readonly index: number | null; readonly fault: IceServerFault }[];
}

/** Each URL is asked from every interface of the device. */
const maxAddresses = 32;
/** Entries that are looked at in a list without an end. */
const maxEntries = 1000;
/** RFC 8489 section 14.3: a user name has fewer than 509 bytes. */
const maxUserName = 508;
const maxPassword = 4096;

/**
 * Reads a host's STUN and TURN servers. Drops invalid entries, because engines refuse a whole list for one of them.
 *
 * Accepts a list, any iterable, one server, one URL, `null`, a configuration with `iceServers`, and JSON of each. Within a
 * server it accepts `url` for `urls`, `stun://`, capitals, `?transport=` after a STUN URL, and a number as user name.
 */
export function readIceServers(value: unknown): IceServerList {
  const given = unwrapped(value);
  const refused: IceServerList["refused"][number][] = [];
  const servers: RTCIceServer[] = [];
  if (isAbsent(given) || given === "") return { servers, refused };
  const many = listOf(given);
  const isOne = many === null && (typeof given === "string" || isRecord(given));
  const list = isOne ? [given] : many;
  if (list === null) return { servers, refused: [{ index: null, fault: "not-a-server" }] };
  let room = maxAddresses;
  list.forEach((entry, index) => {
    const read = readServer(entry, room);
    for (const fault of read.faults) refused.push({ index: isOne ? null : index, fault });
    if (read.server === null) return;
    servers.push(read.server);
    room -= [read.server.urls].flat().length;
  });
  return { servers, refused };
}

/** Returns `true` with a usable relay in the list. */
export function hasRelay(given: unknown): boolean {
  return readIceServers(given).servers.some(({ urls }) => [urls].flat().some(isRelay));
}

function isRelay(address: string): boolean {
  return /^turns?:/.test(address);
}

function readServer(
  entry: unknown,
  room: number,
): { server: RTCIceServer | null; faults: readonly IceServerFault[] } {
  if (typeof entry !== "string" && !isRecord(entry))
    return { server: null, faults: ["not-a-server"] };
  const field = (name: string) => (typeof entry === "string" ? undefined : fieldOf(entry, name));
  const given = typeof entry === "string" ? entry : (field("urls") ?? field("url"));
  const addresses = (listOf(given) ?? [given]).filter((one) => !isAbsent(one) && one !== "");
  if (addresses.length === 0) return { server: null, faults: ["no-address"] };
  const [username, credential] = [
    credentialOf(field("username")),
    credentialOf(field("credential")),
  ];
  const hasAccess =
    username !== null &&
    credential !== null &&
    new TextEncoder().encode(username).length <= maxUserName &&
    credential.length <= maxPassword;
  const faults = new Set<IceServerFault>();
  const urls: string[] = [];
  for (const address of addresses) {
    const url = readAddress(address);
    if (url === null) faults.add("bad-address");
    else if (isRelay(url) && !hasAccess) faults.add("no-credentials");
    else if (urls.length >= room) faults.add("too-many");
    else if (!urls.includes(url)) urls.push(url);
  }
  const access = hasAccess && urls.some(isRelay) ? { username, credential } : {};
  const [only] = listOf(given) === null ? urls : [];
  const server = urls.length > 0 ? { urls: only ?? urls, ...access } : null;
  return { server, faults: [...faults] };
}

/** An empty value counts as absent: engines refuse it for TURN. */
function credentialOf(given: unknown): string | null {
  const text = toText(given);
  return text === "" ? null : text;
}

/** `scheme:host[:port][?transport=…]`. */
const address =
  /^(stuns?|turns?):(?:\/\/)?(\[[0-9a-f:.]+\]|[\p{L}\p{M}\p{N}_.-]+)(?::(\d{1,5}))?\/?(?:\?(.*))?$/iu;

/** @returns the URL in the form that every engine accepts; `null` for an invalid one. */
function readAddress(given: unknown): string | null {
  const isText = typeof given === "string" || attempt(() => given instanceof URL, false);
  const text = isText ? String(given) : "";
  const found = text.length <= 512 ? address.exec(text.trim()) : null;
  const [, scheme = "", host = "", port, query] = found ?? [];
  const isPort = port === undefined || (Number(port) >= 1 && Number(port) <= 65_535);
  const name = hostName(host);
  if (scheme === "" || name === "" || !isPort) return null;
  const base = `${scheme.toLowerCase()}:${name}${port === undefined ? "" : `:${String(Number(port))}`}`;
  // RFC 7064 has no transport: engines refuse the whole list for it.
  if (!isRelay(base) || query === undefined || query === "") return base;
  const transport = /^transport=(udp|tcp)$/i.exec(query)?.[1]?.toLowerCase();
  return transport === undefined ? null : `${base}?transport=${transport}`;
}

/** Converts a host name to ASCII like a URL, as engines require. @returns "" for an invalid one. */
function hostName(host: string): string {
  try {
    return new URL(`http://${host}/`).hostname;
  } catch {
    return "";
  }
}

/** Also accepts arrays of another realm, proxies of frameworks, maps, and whatever else can be gone through. */
function listOf(given: unknown): unknown[] | null {
  if (typeof given !== "object" || given === null) return null;
  try {
    if (Array.isArray(given)) return Array.from(given as unknown[]);
    if (given instanceof Map) return [...(given as Map<unknown, unknown>).values()];
    const { length } = given as { length?: unknown };
    if (typeof length === "number")
      return Array.from({ ...given, length: Math.min(length, maxEntries) });
    if (given instanceof URL || !(Symbol.iterator in given)) return null;
    const list: unknown[] = [];
    for (const one of given as Iterable<unknown>) if (list.push(one) >= maxEntries) break;
    return list;
  } catch {
    return null;
  }
}

/** The list in a configuration of an engine, or in a text of JSON. */
function unwrapped(given: unknown): unknown {
  if (typeof given === "string" && /^\s*[[{]/.test(given))
    return attempt<unknown>(() => JSON.parse(given), given);
  const inner = isRecord(given) ? fieldOf(given, "iceServers") : undefined;
  return isAbsent(inner) ? given : inner;
}
