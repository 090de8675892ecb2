import { readAnswer, type CallAnswer } from "./notification-messages.ts";

/*
 * What a worker keeps between two wakes, in the browser's cache of this origin: the one store that pages and workers share without a
 * schema. Nothing in it is secret. A store that fails is as good as an empty one: then a call rings in a page instead of being answered.
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

/** Keeps plain data under a key. */
export async function remember(scope: string, key: string, value: unknown): Promise<void> {
  await attempt((cache) => cache.put(addressOf(scope, key), new Response(JSON.stringify(value))));
}

/** @returns what was kept under a key, unchecked, or `undefined`. */
export function recall(scope: string, key: string): Promise<unknown> {
  return attempt(
    async (cache) => (await cache.match(addressOf(scope, key)))?.json() as Promise<unknown>,
  );
}

/** Keeps what a person has pressed until a page asks for it. */
export function rememberAnswer(scope: string, answer: CallAnswer): Promise<void> {
  return remember(scope, `answers/${answer.callId}`, answer);
}

/** @returns what a person has pressed since the last time, and forgets it: it is done once. What is too old is left out. */
export async function takeAnswers(scope: string): Promise<readonly CallAnswer[]> {
  const taken = await attempt(async (cache) => {
    const kept = (await cache.keys()).filter(({ url }) =>
      url.startsWith(addressOf(scope, "answers/")),
    );
    const values = await Promise.all(
      kept.map(async (one) => (await cache.match(one))?.json() as Promise<unknown>),
    );
    // Of two that take at the same time only one deletes.
    const deleted = await Promise.all(kept.map((one) => cache.delete(one)));
    return values.filter((_, at) => deleted[at]).map(readAnswer);
  });
  return (taken ?? []).filter(
    (answer) => answer !== null && answer.until > Date.now(),
  ) as readonly CallAnswer[];
}
