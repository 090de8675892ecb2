import {
  firstFrame,
  inTask,
  isCaller,
  longestTask,
  reaction,
  receive,
  send,
  start,
  watch,
} from "./side.ts";

/*
 * The minimum of a call of this shape: the offer is prepared, the answer is sent on accept, then candidates are trickled. It
 * has the same sections and devices as the kit, without encryption, checks and screen.
 */

type Message =
  | { readonly type: "offer"; readonly sdp: string }
  | { readonly type: "answer"; readonly sdp: string }
  | { readonly type: "candidate"; readonly candidate: RTCIceCandidateInit };

const query = new URLSearchParams(location.search);
/** `true` if what arrives is also seen and heard, as on every call screen. */
const isShown = query.has("shown");
/** `true` if the encoder is made for a quarter of the camera's size. */
const isSmall = query.has("small");

/** Sound and picture of a person in step, as in any call: an engine holds a picture back until its sound is there. */
const streams = [new MediaStream(), new MediaStream()];

let connection: RTCPeerConnection;
let offer = "";
let mayTrickle = false;
let rang: () => void = () => undefined;
const held: RTCIceCandidateInit[] = [];

function connect(): RTCPeerConnection {
  connection = new RTCPeerConnection({ bundlePolicy: "max-bundle" });
  connection.createDataChannel("control", { negotiated: true, id: 0 });
  connection.addEventListener("track", ({ track }) => {
    watch(track);
    if (isShown) show(track);
  });
  connection.addEventListener("icecandidate", ({ candidate }) => {
    if (candidate === null) return;
    if (mayTrickle) send({ type: "candidate", candidate: candidate.toJSON() });
    else held.push(candidate.toJSON());
  });
  return connection;
}

function show(track: MediaStreamTrack): void {
  const element = document.createElement(track.kind === "audio" ? "audio" : "video");
  element.autoplay = true;
  element.srcObject = new MediaStream([track]);
  document.body.append(element);
}

function trickle(): void {
  mayTrickle = true;
  for (const candidate of held.splice(0)) send({ type: "candidate", candidate });
}

async function capture(): Promise<void> {
  const stream = await navigator.mediaDevices.getUserMedia({
    audio: true,
    video: { width: 1280, height: 720, frameRate: 30 },
  });
  const [microphone, camera] = connection.getTransceivers();
  await microphone?.sender.replaceTrack(stream.getAudioTracks()[0] ?? null);
  if (isSmall && camera) {
    const parameters = camera.sender.getParameters();
    for (const encoding of parameters.encodings) encoding.scaleResolutionDownBy = 4;
    await camera.sender.setParameters(parameters);
  }
  await camera?.sender.replaceTrack(stream.getVideoTracks()[0] ?? null);
}

async function answer(): Promise<void> {
  connect();
  await connection.setRemoteDescription({ type: "offer", sdp: offer });
  for (const [index, transceiver] of connection.getTransceivers().entries()) {
    transceiver.direction = "sendrecv";
    transceiver.sender.setStreams(streams[index >> 1] ?? new MediaStream());
  }
  void capture();
  await connection.setLocalDescription();
  send({ type: "answer", sdp: connection.localDescription?.sdp });
  trickle();
}

receive((data) => {
  const message = data as Message;
  if (message.type === "offer") {
    offer = message.sdp;
    setTimeout(rang, reaction);
  } else if (message.type === "answer") {
    void connection.setRemoteDescription(message);
    trickle();
  } else {
    void connection.addIceCandidate(message.candidate);
  }
});

window.bench = {
  async call() {
    if (!isCaller) return;
    connect();
    for (const [index, kind] of ["audio", "video", "audio", "video"].entries()) {
      connection.addTransceiver(kind, {
        direction: "sendrecv",
        streams: [streams[index >> 1] ?? new MediaStream()],
      });
    }
    await connection.setLocalDescription();
    await capture();
    send({ type: "offer", sdp: connection.localDescription?.sdp });
  },
  ringing: new Promise((resolve) => {
    rang = resolve;
  }),
  accept: () =>
    inTask(() => {
      void answer();
    }),
  firstFrame,
  start,
  longestTask,
};
