import type { Page } from "puppeteer-core";

/** Runs a script in a page as a native app does, which waits for nothing: a page that navigates or closes meanwhile misses it. */
export function runUnawaited<Parameters extends unknown[]>(
  page: Page | null | undefined,
  script: string | ((...parameters: Parameters) => unknown),
  ...parameters: Parameters
): void {
  page?.evaluate(script as string, ...parameters).catch(() => undefined);
}
