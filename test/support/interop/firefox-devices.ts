import type { Browser, Page } from "puppeteer-core";

/** The parts of WebDriver BiDi that puppeteer has no functions for: Firefox's own windows. */
interface Connection {
  send(method: string, given: object): Promise<{ readonly result: unknown }>;
}

/**
 * Handles the devices of a page like Firefox's own buttons: "Stop sharing", the switches of the global indicator, the list of a
 * site's permissions. All of them are for microphone and camera together, as Firefox does it. Needs
 * `-remote-allow-system-access`.
 */
export class FirefoxDevices {
  readonly #connection: Connection;
  readonly #window: string;
  readonly #origin: string;

  private constructor(connection: Connection, window: string, origin: string) {
    this.#connection = connection;
    this.#window = window;
    this.#origin = origin;
  }

  static async of(browser: Browser, page: Page): Promise<FirefoxDevices> {
    const { connection } = browser as unknown as { readonly connection: Connection };
    const { result } = await connection.send("browsingContext.getTree", { "moz:scope": "chrome" });
    const { contexts } = result as { readonly contexts: readonly { readonly context: string }[] };
    return new FirefoxDevices(connection, contexts[0]!.context, new URL(page.url()).origin);
  }

  /** Writes a person's "remember this decision" into the list of permissions, or takes it out of there. */
  async permit(state: "ALLOW" | "BLOCK" | null): Promise<void> {
    await this.#run(`for (const name of ["camera", "microphone"]) {
      const of = Services.scriptSecurityManager.createContentPrincipalFromOrigin(${JSON.stringify(this.#origin)});
      ${state === null ? "SitePermissions.removeFromPrincipal(of, name)" : `SitePermissions.setForPrincipal(of, name, SitePermissions.${state})`};
    }`);
  }

  /** Ends what is captured, and says nothing of permissions: as a device that goes. */
  stop(): Promise<void> {
    return this.#send("StopSharing", "String(page.innerWindowId)");
  }

  /** Takes the devices, or gives them back: their tracks are muted. */
  async mute(isMuted: boolean): Promise<void> {
    const prefix = isMuted ? "Mute" : "Unmute";
    for (const device of ["Camera", "Microphone"]) await this.#send(`${prefix}${device}`);
  }

  #send(message: string, data = "null"): Promise<void> {
    return this.#run(`
      const tabs = gBrowser.browsers.filter(({ currentURI }) => currentURI.spec.startsWith(${JSON.stringify(this.#origin)}));
      for (const { browsingContext: { currentWindowGlobal: page } } of tabs)
        page.getActor("WebRTC").sendAsyncMessage("webrtc:${message}", ${data});`);
  }

  async #run(statements: string): Promise<void> {
    const { result } = await this.#connection.send("script.evaluate", {
      expression: `(() => { ${statements} })()`,
      target: { context: this.#window },
      awaitPromise: true,
    });
    const { type, exceptionDetails } = result as { type: string; exceptionDetails?: object };
    if (type !== "success") throw new Error(JSON.stringify(exceptionDetails));
  }
}
