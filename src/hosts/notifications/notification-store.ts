import { readAnswer, type CallAnswer } from "./notification-messages.ts";

/*
 * Data that a worker keeps while it sleeps, in the Cache API of this origin, which pages and workers share. It holds no
 * secrets. A failing store counts as empty: the call then rings in a page instead of being answered.
 */

const cacheName = "sx-call-kit";

const addressOf = (scope: string, key: string) => new URL(`sx-call-kit/${key}`, scope).href;

async function attempt<Result>(
  work: (cache: Cache) => Promise<Result>,
): Promise<Result | undefined> {
  try {
    return await work(await caches.open(cacheName));
  } catch {
    return undefined;
  }
}

/** Stores plain data under a key. */
export async function remember(scope: string, key: string, value: unknown): Promise<void> {
  await attempt((cache) => cache.put(addressOf(scope, key), new Response(JSON.stringify(value))));
}

/** @returns the stored data, unchecked, or `undefined`. */
export function recall(scope: string, key: string): Promise<unknown> {
  return attempt(
    async (cache) => (await cache.match(addressOf(scope, key)))?.json() as Promise<unknown>,
  );
}

/** Stores a pressed action until a page takes it. */
export function rememberAnswer(scope: string, answer: CallAnswer): Promise<void> {
  return remember(scope, `answers/${answer.callId}`, answer);
}

/** @returns the stored actions and deletes them: each is performed once. Expired ones are dropped. */
export async function takeAnswers(scope: string): Promise<readonly CallAnswer[]> {
  const taken = await attempt(async (cache) => {
    const kept = (await cache.keys()).filter(({ url }) =>
      url.startsWith(addressOf(scope, "answers/")),
    );
    const values = await Promise.all(
      kept.map(async (one) => (await cache.match(one))?.json() as Promise<unknown>),
    );
    // Of two concurrent readers only one deletes an entry.
    const deleted = await Promise.all(kept.map((one) => cache.delete(one)));
    return values.filter((_, at) => deleted[at]).map(readAnswer);
  });
  return (taken ?? []).filter(
    (answer) => answer !== null && answer.until > Date.now(),
  ) as readonly CallAnswer[];
}
