// Translates `npm start -- --lan --https` to settings of @web/dev-server.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { networkInterfaces, tmpdir } from "node:os";
import { join } from "node:path";
import { generate } from "selfsigned";

const day = 86_400_000;

/**
 * @param {string[]} flags `--lan`: the network address of this machine instead of the loopback; `--https`: with a new
 *   certificate for it, stored only until {@link forget}.
 * @param interfaces as Node returns them.
 * @returns settings of the server, and `forget`, to be called once it has read them.
 * @throws {Error} with one line of advice.
 */
export async function startOptions(flags, interfaces = networkInterfaces()) {
  const config = flags.includes("--lan") ? { hostname: lanAddress(interfaces) } : {};
  if (!flags.includes("--https")) return { config, forget: () => undefined };
  const { private: key, cert } = await certificateFor(config.hostname ?? "127.0.0.1");
  // The server reads key and certificate from files: both from a private one, for that moment.
  const folder = mkdtempSync(join(tmpdir(), "sx-call-kit-"));
  const file = join(folder, "server.pem");
  writeFileSync(file, key + cert, { mode: 0o600 });
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

/** For 30 days: browsers warn of it once, and ask. */
const certificateFor = (address) =>
  generate([{ name: "commonName", value: "sx-call-kit demo" }], {
    keyType: "ec",
    notAfterDate: new Date(Date.now() + 30 * day),
    extensions: [
      {
        name: "subjectAltName",
        altNames: [
          { type: 7, ip: address },
          { type: 2, value: "localhost" },
        ],
      },
    ],
  });
