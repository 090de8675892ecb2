// Checks the types of every source by the native compiler. TypeScript 6 stays for what has no native form yet: declarations and its API.
import { run } from "./programs.mjs";

/** `src` compiles without Node, the rules and the messages of a call without a browser. */
const projects = ["tsconfig.json", "src", "src/call", "src/signalling"];

const failed = projects.filter((project) => {
  const args = ["--pretty", "--noEmit", "--project", project];
  return run("@typescript/native-preview", args, "tsgo") !== 0;
});
process.stdout.write(failed.length > 0 ? `Faults in ${failed.join(", ")}.\n` : "No faults.\n");
process.exitCode = failed.length > 0 ? 1 : 0;
