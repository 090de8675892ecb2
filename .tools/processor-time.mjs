// Measures the processor time of a process and its descendants by polling Linux's /proc: a browser's processes are not waited
// for, so no count of ended children includes them. Processes that live shorter than an interval are missed.
import { readdirSync, readFileSync } from "node:fs";

const beatMs = 300;
/** Per second, on every Linux that Node runs on. */
const ticks = 100;

/**
 * @param {number} pid
 * @returns {() => number | null} ends the watch: the seconds, or `null` where there is no /proc.
 */
export function watchProcessorTime(pid) {
  /** The ticks of each process of the tree, those that have ended too. */
  const own = new Map([[pid, 0]]);
  const look = () => {
    for (const { id, parent, used } of processes())
      if (own.has(id) || own.has(parent)) own.set(id, used);
  };
  const timer = setInterval(look, beatMs);
  look();
  return () => {
    clearInterval(timer);
    const sum = [...own.values()].reduce((total, used) => total + used, 0);
    return sum > 0 ? sum / ticks : null;
  };
}

/** All of this machine, parents before their children. */
function processes() {
  return numbersIn("/proc").flatMap((id) => {
    try {
      const text = readFileSync(`/proc/${id}/stat`, "utf8");
      // After the name, which may hold anything: proc_pid_stat(5), fields 4, 14 and 15.
      const fields = text
        .slice(text.lastIndexOf(")") + 2)
        .split(" ")
        .map(Number);
      return [{ id, parent: fields[1], used: fields[11] + fields[12] }];
    } catch {
      // It has ended meanwhile.
      return [];
    }
  });
}

function numbersIn(folder) {
  try {
    return readdirSync(folder)
      .map(Number)
      .filter(Boolean)
      .sort((a, b) => a - b);
  } catch {
    return [];
  }
}
