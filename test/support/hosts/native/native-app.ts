import { execFile, spawn, spawnSync } from "node:child_process";
import type { ChildProcessWithoutNullStreams } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const here = (name: string) => fileURLToPath(new URL(name, import.meta.url));
const run = promisify(execFile);
const json = "/usr/share/java/com.android.json.jar";
const kotlin = "/usr/share/java/kotlin-stdlib.jar";
/** Where Debian puts the sources of crates. */
const crates = "/usr/share/cargo/registry";

const runs = (command: string, argument: string) =>
  spawnSync(command, [argument], { stdio: "ignore" }).status === 0;

/** Whether tests of a language are skipped here, which is then said once. In CI its compiler must be there. */
function skips(language: string, isThere: boolean, packages: string): boolean {
  if (isThere || process.env.CI) return false;
  process.stdout.write(
    `No compiler of ${language} here: its samples are only read (Debian: apt-get install ${packages}).\n`,
  );
  return true;
}

export const skipsKotlin = () =>
  skips(
    "Kotlin",
    [json, kotlin].every((file) => existsSync(file)) &&
      runs("kotlinc", "-version") &&
      runs("java", "-version"),
    "kotlin default-jre-headless libandroid-json-java",
  );

export const skipsRust = () =>
  skips(
    "Rust",
    existsSync(crates) && runs("cargo", "--version"),
    "cargo librust-serde-json-dev librust-log-dev",
  );

/** A line of JSON, from an app or for one. */
export type Line = Readonly<Record<string, unknown>>;

/** A compiled app, without its platform: what that would do is a line in, what it gets is a line out. */
export class NativeApp {
  readonly said: Line[] = [];
  readonly #process: ChildProcessWithoutNullStreams;
  readonly #ended: Promise<number | null>;
  onLine: (line: Line) => void = () => undefined;

  constructor(command: string, args: readonly string[]) {
    this.#process = spawn(command, args);
    this.#process.stderr.pipe(process.stderr);
    this.#ended = new Promise((resolve) => this.#process.on("exit", resolve));
    createInterface(this.#process.stdout).on("line", (text) => {
      const line = JSON.parse(text) as Line;
      this.said.push(line);
      this.onLine(line);
    });
  }

  do(line: Line): void {
    this.#process.stdin.write(`${JSON.stringify(line)}\n`);
  }

  /** What it has said by a name. */
  all(name: string): unknown[] {
    return this.said.filter((line) => name in line).map((line) => line[name]);
  }

  /** Ends it by the end of its input. @returns its exit code. */
  end(): Promise<number | null> {
    this.#process.stdin.end();
    return this.#ended;
  }
}

/** Compiles an activity and what it stands on. Its imports are not in the documentation. @returns what starts it. */
export async function buildKotlin(folder: string, activity: string): Promise<() => NativeApp> {
  const file = join(folder, "CallActivity.kt");
  writeFileSync(file, `import java.util.UUID\nimport org.json.JSONObject\n\n${activity}`);
  const out = join(folder, "classes");
  await run("kotlinc", ["-cp", json, file, here("android.kt"), "-d", out]);
  return () => new NativeApp("java", ["-cp", [out, json, kotlin].join(":"), "AndroidKt"]);
}

const macros = `use proc_macro::TokenStream;
#[proc_macro_attribute]
pub fn command(_: TokenStream, item: TokenStream) -> TokenStream { item }
`;

const crate = (name: string, more: string) =>
  `[package]\nname = "${name}"\nversion = "2.0.0"\nedition = "2021"\n${more}`;

/** Compiles the module of an app and the beginning of its `run()`, with the crates of Debian. @returns what starts it. */
export async function buildTauri(
  folder: string,
  call: string,
  builder: string,
): Promise<() => NativeApp> {
  const put = (name: string, text: string) => {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  };
  put(
    ".cargo/config.toml",
    `[source.crates-io]\nreplace-with = "debian"\n[source.debian]\ndirectory = "${crates}"\n`,
  );
  put(
    "Cargo.toml",
    crate("app", `[dependencies]\nserde_json = "1"\nlog = "0.4"\ntauri = { path = "tauri" }\n`),
  );
  put(
    "tauri/Cargo.toml",
    crate(
      "tauri",
      `[dependencies]\nserde_json = "1"\ntauri_macros = { path = "../tauri_macros" }\n`,
    ),
  );
  put("tauri_macros/Cargo.toml", crate("tauri_macros", "[lib]\nproc-macro = true\n"));
  put("tauri_macros/src/lib.rs", macros);
  put("src/call.rs", call);
  put("src/main.rs", readFileSync(here("tauri-app.rs"), "utf8").replace("BUILDER", builder.trim()));
  mkdirSync(join(folder, "tauri/src"), { recursive: true });
  copyFileSync(here("tauri.rs"), join(folder, "tauri/src/lib.rs"));
  await run("cargo", ["build", "--offline", "--quiet"], { cwd: folder });
  return () => new NativeApp(join(folder, "target/debug/app"), []);
}
