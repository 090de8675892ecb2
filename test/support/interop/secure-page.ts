import type { Page } from "puppeteer-core";

/**
 * Serves a page from a plain HTTP server under an HTTPS origin. The origin has no server and needs no certificate. Tests use it
 * for features that a browser has for HTTPS only, and not for this machine's own addresses.
 */
export async function answerFrom(server: string, page: Page, origin: string): Promise<void> {
  await page.setRequestInterception(true);
  page.on("request", (request) => {
    void (async () => {
      const { origin: asked, pathname } = new URL(request.url());
      if (asked !== origin) {
        await request.continue();
        return;
      }
      const answer = await fetch(server + pathname);
      await request.respond({
        status: answer.status,
        contentType: answer.headers.get("content-type") ?? "text/plain",
        body: new Uint8Array(await answer.arrayBuffer()),
      });
    })();
  });
}
