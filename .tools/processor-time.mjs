// Measures the processor time of a process and its descendants by polling Linux's /proc. Nobody waits for a browser's
// processes, so no count of ended children includes them. Processes that live shorter than an interval are missed.
import { readdirSync, readFileSync } from "node:fs";

const beatMs = 300;
/** Per second, on every Linux that Node runs on. */
const ticks = 100;

/** @typedef {{ id: number, parent: number, started: number, used: number }} Process times in ticks. */

/**
 * @param {number} pid
 * @param {() => readonly Process[]} list
 * @returns {() => number | null} ends the watch: the seconds, or `null` where there is no /proc.
 */
export function watchProcessorTime(pid, list = processes) {
  /** The ticks of each process of the tree, including ended ones. A number alone is no process: the system uses it again. */
  const own = new Map();
  let root;
  const look = () => {
    const found = list();
    const names = new Map(found.map(({ id, started }) => [id, `${id} ${started}`]));
    root ??= names.get(pid);
    for (const { id, parent, used } of found) {
      const name = names.get(id);
      if (name === root || own.has(name) || own.has(names.get(parent))) own.set(name, used);
    }
  };
  const timer = setInterval(look, beatMs);
  look();
  return () => {
    clearInterval(timer);
    look();
    return own.size > 0 ? [...own.values()].reduce((sum, used) => sum + used) / ticks : null;
  };
}

/** All processes of this machine, none where there is no /proc. */
const processes = () => (process.platform === "linux" ? readdirSync("/proc") : []).flatMap(read);

function read(id) {
  try {
    const text = readFileSync(`/proc/${id}/stat`, "utf8");
    // After the name, which may hold anything: proc_pid_stat(5), fields 4, 14, 15 and 22.
    const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
    const [parent, user, system, started] = [1, 11, 12, 19].map((at) => Number(fields[at]));
    return [{ id: Number(id), parent, started, used: user + system }];
  } catch {
    // It has ended meanwhile, or is none.
    return [];
  }
}
