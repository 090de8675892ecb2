// Opens a page of tests again, in a fresh browser, where the page or its browser died. Once: a page that dies twice is a failure.
import { relative } from "node:path";

/**
 * @param {import("@web/test-runner-playwright").PlaywrightLauncher} launcher starts a new browser where there is none: changed in place.
 * @returns {import("@web/test-runner").Reporter} names what was opened again.
 */
export function reopenDeadPages(launcher) {
  const start = launcher.startSession.bind(launcher);
  const stop = launcher.stopSession.bind(launcher);
  /** How often each session was opened, until its end is asked for. */
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

const isDeath = ({ message }) => /closed|crashed|disconnected|already stopped/i.test(message);
