import { tauri } from "../../../src/hosts/transports/tauri.ts";
import { checksOfTransport } from "../../support/hosts/check-transport.ts";
import { tauriPlatform } from "../../support/hosts/platforms.ts";

describe("Tauri", () => {
  checksOfTransport(tauriPlatform, () => tauri());
});
