import { CallError } from "../../errors.ts";
import type { Transport } from "../bridge/envelope.ts";

/*
 * Both ends prove to each other that they have the token, and neither sends it. After the app has ended, another program may
 * listen on its port. The app proves first; until it has, the page sends nothing but its challenge.
 *
 *   page → app   32 random bytes
 *   app → page   32 random bytes "." HMAC-SHA-256(token, "sx-call-kit socket app " page's "." app's)
 *   page → app   HMAC-SHA-256(token, "sx-call-kit socket page " page's "." app's)
 *
 * All of it base64url without padding (RFC 4648 section 5).
 */

type Role = "app" | "page";

/**
 * A web socket to an app on the same machine, for a page in the person's own browser. The app checks the `Origin` before it sends
 * anything: any page of any site could try (RFC 6455 section 10.2). Then each proves to the other that it has the token. The app answers
 * `ping` with `pong`.
 *
 * @param token secret that the app has given to this page only. Never part of the URL: URLs are logged.
 */
export function webSocket(url: string | URL, token: string): Transport {
  let listener: (text: unknown) => unknown = () => undefined;
  let isAlive = true;
  /** The socket whose app has proved itself. */
  let proved: WebSocket | null = null;
  const key = importToken(token);
  const connect = (old?: WebSocket) => {
    old?.close();
    const opened = new WebSocket(url);
    const own = toBase64url(crypto.getRandomValues(new Uint8Array(32)));
    let isAsked = false;
    /** A wrong answer is not the app's: nothing more is sent on this socket, and the next address is tried. */
    const meet = async (data: unknown) => {
      const [, theirs = "", proof = ""] =
        /^([\w-]{43})\.([\w-]{43})$/.exec(typeof data === "string" ? data : "") ?? [];
      const challenges = `${own}.${theirs}`;
      const isApp = proof !== "" && (await isProof(await key, "app", challenges, proof));
      if (!isApp) {
        opened.close(4401);
        return;
      }
      opened.send(await prove(await key, "page", challenges));
      proved = opened;
    };
    opened.onopen = () => opened.send(own);
    opened.onmessage = ({ data }: MessageEvent<unknown>) => {
      if (opened !== socket) return;
      if (proved === opened) {
        if (data === "pong") isAlive = true;
        else listener(data);
      } else if (!isAsked) {
        isAsked = true;
        void meet(data).catch(() => {
          opened.close();
        });
      }
    };
    return opened;
  };
  let socket = connect();
  const isReady = () => proved === socket && socket.readyState === WebSocket.OPEN;
  // Without a question a path that was cut without a word counts as open for minutes. Three seconds are long on one machine.
  const beat = setInterval(() => {
    if (isAlive && isReady()) socket.send("ping");
    else socket = connect(socket);
    isAlive = !isReady();
  }, 3000);
  return {
    post(text) {
      if (!isReady()) throw new CallError("not-possible", "The web socket is not open.");
      socket.send(text);
    },
    onText: (given) => ((listener = given), () => (listener = () => undefined)),
    close() {
      clearInterval(beat);
      socket.close();
    },
  };
}

const hmac = { name: "HMAC", hash: "SHA-256" };
const message = (role: Role, challenges: string) =>
  new TextEncoder().encode(`sx-call-kit socket ${role} ${challenges}`);

function importToken(token: string): Promise<CryptoKey> {
  const bytes = new TextEncoder().encode(token);
  return crypto.subtle.importKey("raw", bytes, hmac, false, ["sign", "verify"]);
}

async function prove(key: CryptoKey, role: Role, challenges: string): Promise<string> {
  return toBase64url(
    new Uint8Array(await crypto.subtle.sign("HMAC", key, message(role, challenges))),
  );
}

function isProof(key: CryptoKey, role: Role, challenges: string, proof: string): Promise<boolean> {
  const mac = Uint8Array.from(atob(proof.replaceAll("-", "+").replaceAll("_", "/")), (character) =>
    character.charCodeAt(0),
  );
  return crypto.subtle.verify("HMAC", key, mac, message(role, challenges));
}

function toBase64url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");
}
