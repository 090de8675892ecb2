import { appPair } from "./simplex/pair.ts";
import type { AppPair, PairOptions } from "./simplex/pair.ts";
import type { SimplexApp } from "./simplex/app.ts";
import { ownPage } from "./simplex/page-channels.ts";
import type { PageOptions, SimplexPage } from "./simplex/peer.ts";
import { drawnPageDevices, kitPage } from "./simplex-kit.ts";
import type { KitPage, KitPageOptions } from "./simplex-kit.ts";

/** Which side of a call the kit's page is on: the one that calls, or the one that is called. */
export type KitRole = "caller" | "callee";
export const kitRoles = ["caller", "callee"] as const;

/** An app over the kit's page and one over a page of SimpleX's, joined. `a` calls `b`. */
export interface MixedPair extends AppPair {
  readonly kit: KitPage;
  readonly page: SimplexPage;
  /** The app of the kit's page, and the other one. */
  readonly kitApp: SimplexApp;
  readonly pageApp: SimplexApp;
}

export interface MixedOptions extends PairOptions {
  readonly kit?: KitPageOptions;
  readonly page?: PageOptions;
}

/** Polls ten times as fast on both sides: what stops is noticed after 300 ms. */
const pollTimers = { 1000: 100 };

export async function mixedPair(role: KitRole, options: MixedOptions = {}): Promise<MixedPair> {
  const kit = kitPage({ ...options.kit, timers: { ...pollTimers, ...options.kit?.timers } });
  const { timings, ...rest } = options.page ?? {};
  const own = ownPage({ devices: drawnPageDevices(), timings: { poll: 100, ...timings }, ...rest });
  const isCaller = role === "caller";
  const pair = await appPair(
    isCaller ? kit.open : own.open,
    isCaller ? own.open : kit.open,
    options,
  );
  const [kitApp, pageApp] = isCaller ? [pair.a, pair.b] : [pair.b, pair.a];
  return { ...pair, ...{ kit, page: own.page, kitApp, pageApp } };
}

/** The messages of the errors that an app's page has answered with. */
export function errorsOf(app: SimplexApp): string[] {
  return app.received.flatMap(({ resp }) => (resp.type === "error" ? [resp.message] : []));
}
