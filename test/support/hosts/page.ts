import "sx-call-kit/define";
import { connectHost } from "../../../src/hosts/bridge/connect-host.ts";
import { auto } from "../../../src/hosts/transports/auto.ts";

/*
 * A call page as a host loads it. `?frame=` names the origin of the page around it, `?socket=` an app's web socket, whose token is in
 * the fragment.
 */

const { searchParams: given, hash } = new URL(location.href);
const [frameOrigin, socket] = [given.get("frame"), given.get("socket")];
const view = document.querySelector("sx-call-view");
if (view === null) throw new Error("There is no view.");
connectHost(view, {
  transport: auto({
    ...(frameOrigin !== null && { frameOrigin }),
    ...(socket !== null && { socket: { url: socket, token: hash.slice(1) } }),
  }),
});
