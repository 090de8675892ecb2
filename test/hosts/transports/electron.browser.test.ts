import { electron } from "../../../src/hosts/transports/electron.ts";
import { checksOfTransport } from "../../support/hosts/check-transport.ts";
import { electronPlatform } from "../../support/hosts/platforms.ts";

describe("Electron's context bridge", () => {
  checksOfTransport(electronPlatform, () => electron());
});
