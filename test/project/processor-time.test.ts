import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { describe, expect, it, vi } from "vitest";
import { watchProcessorTime } from "../../.tools/processor-time.mjs";

type Processes = readonly { id: number; parent: number; started: number; used: number }[];

/** What was counted where the machine's processes were these, one list after the other, in ticks of a hundredth of a second. */
function counted(lists: Processes[]): number | null {
  vi.useFakeTimers();
  let at = -1;
  try {
    const stop = watchProcessorTime(7, () => lists[Math.min((at += 1), lists.length - 1)]!);
    vi.advanceTimersByTime(lists.length * 300);
    return stop();
  } finally {
    vi.useRealTimers();
  }
}

const root = { id: 7, parent: 1, started: 10, used: 100 };

describe("the processor time of a step", () => {
  it("is that of the process and of all that it started, the ended ones too", () => {
    const child = { id: 8, parent: 7, started: 11, used: 50 };
    const grandchild = { id: 9, parent: 8, started: 12, used: 25 };
    const orphan = { ...grandchild, parent: 1, used: 75 };
    const other = { id: 6, parent: 1, started: 1, used: 9000 };
    expect(
      counted([
        [other, root],
        [other, root, child, grandchild],
        [other, { ...root, used: 200 }, orphan],
      ]),
    ).toBe(3.25);
  });

  it("keeps what a process has used whose number another one has now, and counts nothing of that one", () => {
    const child = { id: 8, parent: 7, started: 11, used: 50 };
    const stranger = { id: 8, parent: 1, started: 99, used: 9000 };
    const itsChild = { id: 9, parent: 8, started: 100, used: 9000 };
    expect(
      counted([
        [root, child],
        [root, stranger, itsChild],
      ]),
    ).toBe(1.5);
  });

  it("is unknown where the system tells nothing", () => {
    expect(counted([[]])).toBe(null);
  });

  it.skipIf(!existsSync("/proc/self/stat"))("is measured, that of a child's child", async () => {
    const work = `while (process.cpuUsage().user < 2e5); console.log("done"); process.stdin.resume();`;
    const program = `require("node:child_process").spawn(process.execPath, ["-e", ${JSON.stringify(work)}], { stdio: "inherit" });`;
    const child = spawn(process.execPath, ["-e", program]);
    const stop = watchProcessorTime(child.pid!);
    await once(child.stdout, "data");
    expect(stop()).toBeGreaterThanOrEqual(0.18);
    child.stdin.end();
    await once(child, "exit");
  });
});
