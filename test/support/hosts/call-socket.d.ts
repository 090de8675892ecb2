/** The sample of docs/hosts/web-socket.md, put in when the app is bundled. */
import type { Server } from "node:http";
import type { Transport } from "../../../src/hosts/bridge/envelope.ts";

export declare function pageSocket(server: Server, origin: string, token: string): Transport;
