import { execFile } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
} from "node:fs";
import { createServer } from "node:http";
import type { Server } from "node:http";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const run = promisify(execFile);

/** A folder that nothing of this project is above, gone with `remove`. */
export class FreshProject {
  readonly folder = mkdtempSync(join(tmpdir(), "sx-call-kit-fresh-"));

  /** Packs the built package as `npm publish` would. @returns the path of the file. */
  async pack(): Promise<string> {
    await run("npm", ["pack", "--ignore-scripts", "--pack-destination", this.folder], {
      cwd: root,
    });
    const name = readdirSync(this.folder).find((file) => file.endsWith(".tgz"));
    if (name === undefined) throw new Error("npm packed nothing");
    return join(this.folder, name);
  }

  /**
   * A registry on this machine with this project's packages, and a packed file as `sx-call-kit`. It serves a reader's own
   * commands, run in the environment that it returns.
   */
  async registry(file: string): Promise<{ readonly env: NodeJS.ProcessEnv; stop(): void }> {
    const registry = await LocalRegistry.start(
      join(this.folder, "..", `${basename(this.folder)}-registry`),
      file,
    );
    const { NODE_OPTIONS: _own, VITEST: _test, NODE_ENV: _mode, ...others } = process.env;
    const settings = {
      npm_config_registry: registry.url,
      npm_config_cache: join(registry.folder, "npm"),
      npm_config_audit: "false",
      npm_config_fund: "false",
    };
    return {
      env: { ...others, ...settings },
      stop: () => {
        registry.stop();
        rmSync(registry.folder, { recursive: true, force: true });
      },
    };
  }

  /** `npm install` of a packed file. What it depends on comes from a registry on this machine that has what this project has. */
  async install(file: string): Promise<void> {
    const registry = await LocalRegistry.start(join(this.folder, ".registry"));
    try {
      const quiet = ["--no-audit", "--no-fund", "--ignore-scripts", "--omit=peer"];
      const cache = [
        "--cache",
        join(this.folder, ".npm"),
        "--registry",
        registry.url,
        "--replace-registry-host=always",
      ];
      await run("npm", ["install", file, ...quiet, ...cache], { cwd: this.folder });
    } finally {
      registry.stop();
    }
  }

  /** Puts the packed file and links to packages of this project where `npm install` would put them: it takes seconds less. */
  async place(file: string): Promise<void> {
    const modules = join(this.folder, "node_modules");
    mkdirSync(join(modules, "sx-call-kit"), { recursive: true });
    await run("tar", ["-xzf", file, "-C", join(modules, "sx-call-kit"), "--strip-components", "1"]);
    for (const name of packageNames()) {
      const place = join(modules, name);
      mkdirSync(dirname(place), { recursive: true });
      if (!existsSync(place)) symlinkSync(join(root, "node_modules", name), place, "junction");
    }
  }

  /** Copies a folder of this project into this one. */
  copy(folder: string): void {
    cpSync(join(root, folder), this.folder, { recursive: true });
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

function packageNames(): string[] {
  return readdirSync(join(root, "node_modules"))
    .filter((name) => !name.startsWith("."))
    .flatMap((name) => {
      if (!name.startsWith("@")) return [name];
      return readdirSync(join(root, "node_modules", name)).map((inner) => `${name}/${inner}`);
    });
}

/** As much of npm's registry as an install asks for: each package in the one version that this project has installed. */
class LocalRegistry {
  readonly #server: Server;
  readonly folder: string;
  /** The packed kit, where it is asked for by its name. */
  readonly #kit: string | null;

  private constructor(folder: string, kit: string | null) {
    this.folder = folder;
    this.#kit = kit;
    this.#server = createServer((request, response) => {
      const path = decodeURIComponent(
        new URL(request.url ?? "/", "http://localhost").pathname,
      ).slice(1);
      this.#answer(path).then(
        (body) => response.writeHead(200, { "content-type": "application/json" }).end(body),
        () => response.writeHead(404).end(),
      );
    });
  }

  static async start(folder: string, kit: string | null = null): Promise<LocalRegistry> {
    mkdirSync(folder);
    const registry = new LocalRegistry(folder, kit);
    await new Promise<void>((resolve) => registry.#server.listen(0, "127.0.0.1", resolve));
    return registry;
  }

  get url(): string {
    const address = this.#server.address();
    if (address === null || typeof address === "string")
      throw new Error("the registry does not listen");
    return `http://127.0.0.1:${String(address.port)}/`;
  }

  stop(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }

  async #answer(path: string): Promise<string | Buffer> {
    // Of a tarball the place in this project: a package may be there in two versions, one of them inside another package.
    if (path.endsWith(".tgz")) return this.#tarball(path.replace(/\.tgz$/, ""));
    const isKit = path === "sx-call-kit" && this.#kit !== null;
    const places = isKit ? [path] : placesOf(path);
    const versions = places.map((place) => {
      const folder = isKit ? root : join(root, "node_modules", place);
      const manifest = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as {
        version: string;
      };
      return { ...manifest, dist: { tarball: `${this.url}${place}.tgz` } };
    });
    const latest = versions[0]?.version;
    if (latest === undefined) throw new Error(`There is no ${path} here.`);
    return JSON.stringify({
      name: path,
      "dist-tags": { latest },
      versions: Object.fromEntries(versions.map((one) => [one.version, one])),
    });
  }

  async #tarball(place: string): Promise<Buffer> {
    if (place === "sx-call-kit" && this.#kit !== null) return readFileSync(this.#kit);
    const file = join(this.folder, `${place.replaceAll("/", "-")}.tgz`);
    await run("tar", [
      "-czf",
      file,
      "-C",
      join(root, "node_modules", dirname(place)),
      place.split("/").at(-1)!,
    ]);
    return readFileSync(file);
  }
}

/** Where a package lies below `node_modules`, the one that this project itself has first. */
function placesOf(name: string): string[] {
  const { packages } = JSON.parse(
    readFileSync(join(root, "node_modules/.package-lock.json"), "utf8"),
  ) as { readonly packages: Readonly<Record<string, unknown>> };
  return Object.keys(packages)
    .filter((path) => path === `node_modules/${name}` || path.endsWith(`/node_modules/${name}`))
    .map((path) => path.slice("node_modules/".length))
    .filter((path) => existsSync(join(root, "node_modules", path, "package.json")));
}
