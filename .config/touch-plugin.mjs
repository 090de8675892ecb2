/**
 * Real touches in a page of Chromium, which `sendMouse` has none of: `executeServerCommand("touch", steps)`. A step is the fingers that are
 * down, `{ x, y, id }` in CSS pixels of the page; an empty one lifts them.
 */
export const touchPlugin = () => ({
  name: "touch",
  async executeCommand({ command, payload, session }) {
    if (command !== "touch") return undefined;
    const page = session.browser.getPage(session.id);
    const devtools = await page.context().newCDPSession(page);
    let before = 0;
    for (const touchPoints of payload) {
      const now = touchPoints.length;
      const type = now > before ? "touchStart" : now < before ? "touchEnd" : "touchMove";
      await devtools.send("Input.dispatchTouchEvent", { type, touchPoints });
      before = now;
    }
    await devtools.detach();
    return true;
  },
});
