// Shared by the benches: a median, and a measurement in a page of its own.

/** @param {number[]} values at least one. */
export function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/**
 * Opens a page in a new context, which is closed afterwards.
 *
 * @param {import("playwright").Browser} browser
 * @param {string} address
 * @param {() => unknown} measure runs in the page.
 */
export async function inFreshPage(browser, address, measure) {
  const context = await browser.newContext();
  try {
    const page = await context.newPage();
    await page.goto(address);
    return await page.evaluate(measure);
  } finally {
    await context.close();
  }
}
