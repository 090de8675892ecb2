import "sx-call-kit/define";

declare global {
  interface Window {
    /** Connects a relayed video call between two views of this page. Resolves once both see a picture. */
    call(iceServers: RTCIceServer[]): Promise<void>;
    /** Media bytes that both sides have received so far. */
    received(): Promise<number>;
  }
}

const connections: RTCPeerConnection[] = [];
window.RTCPeerConnection = class extends RTCPeerConnection {
  constructor(configuration?: RTCConfiguration) {
    super(configuration);
    connections.push(this);
  }
};

window.call = async (iceServers) => {
  const [ann, bob] = ["Bob", "Ann"].map((name) => {
    const view = document.createElement("sx-call-view");
    view.contact = { id: name, name };
    view.iceServers = iceServers;
    view.relayOnly = true;
    document.body.append(view);
    return view;
  }) as [HTMLElementTagNameMap["sx-call-view"], HTMLElementTagNameMap["sx-call-view"]];
  ann.addEventListener("sx-signal", ({ detail }) => bob.receiveSignal(detail.message));
  bob.addEventListener("sx-signal", ({ detail }) => ann.receiveSignal(detail.message));
  bob.addEventListener("sx-incoming", () => void bob.acceptCall({ media: "video" }));
  await ann.startCall({ media: "video" });
  const isSeen = () =>
    [ann, bob].every(({ snapshot }) => snapshot.relayed === true && snapshot.remote.camera);
  while (!isSeen()) await new Promise((resolve) => setTimeout(resolve, 50));
};

window.received = async () => {
  const reports = await Promise.all(connections.map((connection) => connection.getStats()));
  return reports
    .flatMap((report) => [...report.values()] as { type: string; bytesReceived?: number }[])
    .filter(({ type }) => type === "transport")
    .reduce((sum, { bytesReceived = 0 }) => sum + bytesReceived, 0);
};
