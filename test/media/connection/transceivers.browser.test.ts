import { expect } from "@open-wc/testing";
import { codecOf } from "../../../src/crypto/frames/codec-wrapper.ts";
import {
  chooseCodecs,
  preferCodecs,
  videoCodecs,
  type VideoCodec,
} from "../../../src/media/connection/transceivers.ts";

async function offeredCodecs(
  kind: "audio" | "video",
  order: readonly VideoCodec[] = videoCodecs,
): Promise<string[]> {
  const connection = new RTCPeerConnection();
  preferCodecs(connection.addTransceiver(kind), kind, order);
  const { sdp = "" } = await connection.createOffer();
  connection.close();
  return [...sdp.matchAll(/^a=rtpmap:\d+ ([^/]+)/gm)].map((match) => match[1]!);
}

describe("the codecs of a call", () => {
  it("are Opus only for sound", async () => {
    expect(await offeredCodecs("audio")).to.deep.equal(["opus"]);
  });

  it("are such for picture as the cipher can wrap, and their retransmission", async () => {
    for (const name of await offeredCodecs("video")) {
      if (name !== "rtx") expect(codecOf(`video/${name}`), name).not.to.equal(null);
    }
  });

  it("begin with VP8, and have one profile of each", async () => {
    const names = (await offeredCodecs("video")).filter((name) => name !== "rtx");
    expect(names[0]).to.equal("VP8");
    expect(new Set(names).size).to.equal(names.length);
  });

  it("are recognised as every engine writes them", () => {
    const codec = (mimeType: string, sdpFmtpLine?: string) => ({
      mimeType,
      clockRate: 90_000,
      ...(sdpFmtpLine && { sdpFmtpLine }),
    });
    const wanted = [
      codec("video/VP8", "max-fs=12288;max-fr=60"),
      codec("video/VP9", "max-fs=12288;max-fr=60"),
      codec("video/AV1"),
      codec("video/H264", "profile-level-id=42e01f;level-asymmetry-allowed=1;packetization-mode=1"),
      codec("video/rtx"),
    ];
    const others = [
      codec("video/VP9", "profile-id=2"),
      codec("video/AV1", "level-idx=5;profile=1;tier=0"),
      codec("video/H264", "profile-level-id=42e01f;level-asymmetry-allowed=1"),
      codec("video/H264", "packetization-mode=1;profile-level-id=640c1f"),
      codec("video/ulpfec"),
    ];
    expect(chooseCodecs([...others, ...wanted], [...videoCodecs, "video/rtx"])).to.deep.equal(
      wanted,
    );
  });

  it("stand in the order that is asked for", async () => {
    const names = (await offeredCodecs("video", ["video/VP9", "video/VP8"])).filter(
      (name) => name !== "rtx",
    );
    expect(names).to.deep.equal(["VP9", "VP8"]);
  });
});
