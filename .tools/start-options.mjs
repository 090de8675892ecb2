// What `npm start -- --lan --https` means to @web/dev-server.
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { networkInterfaces, tmpdir } from "node:os";
import { join } from "node:path";

/**
 * @param {string[]} flags `--lan`: the address of this machine in its network, instead of the loopback alone; `--https`: with a
 *   certificate that is made now, for this address, and never stored beyond {@link forget}.
 * @param interfaces as Node tells them.
 * @param {(command: string, args: string[], options: { encoding: "utf8" }) => { status: number | null, stdout: string | null }} run
 * @returns settings of the server, and `forget`, to be called once it has read them.
 * @throws {Error} with one line of advice.
 */
export function startOptions(flags, interfaces = networkInterfaces(), run = spawnSync) {
  const config = flags.includes("--lan") ? { hostname: lanAddress(interfaces) } : {};
  if (!flags.includes("--https")) return { config, forget: () => undefined };
  const { stdout, status } = run("openssl", certificateArguments(config.hostname ?? "127.0.0.1"), {
    encoding: "utf8",
  });
  if (status !== 0) {
    throw new Error(
      "--https needs openssl 1.1.1 or newer: install it (Debian: apt install openssl; Windows: it comes with Git).",
    );
  }
  // The server reads key and certificate from files: both from one that nobody else may read, for that moment.
  const folder = mkdtempSync(join(tmpdir(), "sx-call-kit-"));
  const file = join(folder, "server.pem");
  writeFileSync(file, stdout, { mode: 0o600 });
  return {
    config: { ...config, http2: true, sslKey: file, sslCert: file },
    forget: () => rmSync(folder, { recursive: true, force: true }),
  };
}

function lanAddress(interfaces) {
  const entries = Object.values(interfaces).flatMap((addresses) => addresses ?? []);
  const found = entries.find(({ family, internal }) => family === "IPv4" && !internal);
  if (!found)
    throw new Error(
      "--lan needs a network: this machine has no IPv4 address but its own loopback.",
    );
  return found.address;
}

/** Key and certificate to stdout, for 30 days: browsers warn of it once, and ask. */
function certificateArguments(address) {
  const name = "/CN=sx-call-kit demo";
  return [
    ...[
      "req",
      "-x509",
      "-newkey",
      "ec",
      "-pkeyopt",
      "ec_paramgen_curve:prime256v1",
      "-nodes",
      "-days",
      "30",
    ],
    ...[
      "-subj",
      name,
      "-addext",
      `subjectAltName=IP:${address},DNS:localhost`,
      "-keyout",
      "-",
      "-out",
      "-",
    ],
  ];
}
