// Opens a page of tests again, in a fresh browser, where the page or its browser died. Once: a page that dies twice is a failure.
import { relative } from "node:path";

/**
 * @param {import("@web/test-runner-playwright").PlaywrightLauncher} launcher starts a new browser where there is none: changed in place.
 * @returns {import("@web/test-runner").Reporter} names what was opened again.
 */
export function reopenDeadPages(launcher) {
  const start = launcher.startSession.bind(launcher);
  const urlOf = launcher.getBrowserUrl.bind(launcher);
  const stop = launcher.stopSession.bind(launcher);
  /** Number of times each session was opened, until its end is requested. */
  const opened = new Map();
  const again = new Set();
  let sessions, rootDir;

  async function open(id, url) {
    opened.set(id, (opened.get(id) ?? 0) + 1);
    try {
      await start(id, url);
    } catch (error) {
      if (!isDeath(error)) throw error;
      return openAgain(id, url);
    }
    const page = launcher.activePages.get(id)?.playwrightPage;
    if (!page || page.isClosed()) return openAgain(id, url);
    const died = () => void openAgain(id, url).catch((error) => fail(id, error));
    page.once("crash", died);
    page.once("close", died);
  }

  async function openAgain(id, url) {
    if (!opened.has(id)) return;
    if (opened.get(id) > 1) throw new Error("The page or its browser died twice.");
    again.add(id);
    await hasGone(launcher.browser);
    // Else the runner takes the new page for the old one, reloaded.
    if (sessions.get(id).status === "TEST_STARTED")
      sessions.updateStatus(sessions.get(id), "INITIALIZING");
    await open(id, url);
  }

  function fail(id, { message, stack }) {
    const session = sessions.get(id);
    sessions.updateStatus(
      { ...session, passed: false, errors: [...(session.errors ?? []), { message, stack }] },
      "TEST_FINISHED",
    );
  }

  launcher.startSession = open;
  // The runner asks two seconds after a page has gone, and fails its session for any answer: only a second death does here.
  launcher.getBrowserUrl = (id) => (again.has(id) ? new Promise(() => undefined) : urlOf(id));
  launcher.stopSession = async (id) => {
    opened.delete(id);
    try {
      return await stop(id);
    } catch (error) {
      // Its results are there: only what is left of its page is not.
      if (isDeath(error)) return {};
      throw error;
    }
  };
  return {
    start(run) {
      sessions = run.sessions;
      rootDir = run.config.rootDir;
    },
    stop() {
      for (const id of again)
        process.stdout.write(
          `again in a fresh browser: ${relative(rootDir, sessions.get(id).testFile)}\n`,
        );
    },
  };
}

/** A page ends before the browser that takes it along is known to be gone. One whose page alone has crashed stays. */
function hasGone(browser) {
  if (!browser?.isConnected()) return undefined;
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, 2_000);
    browser.once("disconnected", () => {
      clearTimeout(timer);
      resolve();
    });
  });
}

const isDeath = ({ message }) => /closed|crashed|disconnected|already stopped/i.test(message);
