import { SimplexApp } from "./app.ts";
import type { AppOptions } from "./app.ts";
import { joinChat } from "./chat.ts";
import type { ChatOptions } from "./chat.ts";
import { ownPage } from "./page-channels.ts";
import type { OpenPage } from "./page-channels.ts";
import type { PageOptions, SimplexPage } from "./peer.ts";
import type { CallMedia, Source } from "./protocol.ts";
import { now } from "./remote-media.ts";

/** Two apps that are joined: `a` calls `b`. */
export interface AppPair {
  readonly a: SimplexApp;
  readonly b: SimplexApp;
  close(): void;
}

export interface PairOptions {
  /** For both apps; what stands in `appA` and `appB` goes before it. */
  readonly app?: AppOptions;
  readonly appA?: AppOptions;
  readonly appB?: AppOptions;
  readonly chat?: ChatOptions;
}

/** Two apps over any two pages. */
export async function appPair(
  pageA: OpenPage,
  pageB: OpenPage,
  options: PairOptions = {},
): Promise<AppPair> {
  const [a, b] = await Promise.all([
    SimplexApp.open(pageA, { ...options.app, ...options.appA }),
    SimplexApp.open(pageB, { ...options.app, ...options.appB }),
  ]);
  joinChat(a, b, options.chat);
  return {
    ...{ a, b },
    close() {
      a.close();
      b.close();
    },
  };
}

/** Two apps over two of SimpleX's own pages. */
export interface SimplexPair extends AppPair {
  readonly pageA: SimplexPage;
  readonly pageB: SimplexPage;
}

export async function simplexPair(
  options: PairOptions & { readonly pageA?: PageOptions; readonly pageB?: PageOptions } = {},
): Promise<SimplexPair> {
  const [pageA, pageB] = [ownPage(options.pageA), ownPage(options.pageB)];
  const pair = await appPair(pageA.open, pageB.open, options);
  return { ...pair, pageA: pageA.page, pageB: pageB.page };
}

/** Calls, accepts as soon as it rings, and waits until both apps say Connected. */
export async function connect({ a, b }: AppPair, media: CallMedia = "audio"): Promise<void> {
  a.call(media);
  await b.untilThat(() => b.isRinging);
  b.accept();
  await Promise.all([a.until("Connected"), b.until("Connected")]);
}

/** Milliseconds from the callee's accept to the first remote media on each side. */
export interface FirstMedia {
  readonly caller: number;
  readonly callee: number;
}

/** Both pages must be able to tell, by `firstRemoteMedia` of their channel. The call goes on afterwards. */
export async function measureFirstMedia({ a, b }: AppPair, media: CallMedia): Promise<FirstMedia> {
  const reported = [a, b].map(({ page }) => {
    if (page.firstRemoteMedia === undefined) throw new Error("a page cannot tell its first media");
    return page.firstRemoteMedia(media);
  });
  a.call(media);
  await b.untilThat(() => b.isRinging);
  const accepted = now();
  b.accept();
  const [caller, callee] = await Promise.all(reported);
  return { caller: caller! - accepted, callee: callee! - accepted };
}

/** A STUN server on loopback that never answers: gathering takes its time, as it does on the internet. */
export const silentServers: RTCIceServer[] = [{ urls: "stun:127.0.0.1:9" }];

/** Waits until a page decodes more of a source than it has by now. */
export async function decodesMore(page: SimplexPage, source: Source): Promise<void> {
  const decoded = async () => {
    const { framesDecoded, totalAudioEnergy } = await page.inbound(source);
    return framesDecoded + totalAudioEnergy;
  };
  const before = await decoded();
  while ((await decoded()) <= before) await new Promise((resolve) => setTimeout(resolve, 50));
}

/** Waits until so many frames of a source have come that this page's key does not open. */
export async function drops(page: SimplexPage, source: Source, frames: number): Promise<void> {
  while (page.frameCounts(source).dropped < frames)
    await new Promise((resolve) => setTimeout(resolve, 50));
}
