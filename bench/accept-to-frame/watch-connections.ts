import { watch } from "./side.ts";

// The connection is the kit's own secret: its tracks are watched where they come to be.
window.RTCPeerConnection = class extends RTCPeerConnection {
  constructor(configuration?: RTCConfiguration) {
    super(configuration);
    this.addEventListener("track", ({ track }) => {
      watch(track);
    });
  }
};
