import { Transceivers } from "../media/connection/transceivers.ts";

/**
 * Makes an offer while the page is idle and throws it away: the engine starts its part for connections, and lists its codecs. It contacts
 * nobody: an engine gathers nothing before an own description is applied (RFC 9429 section 3.5.1).
 */
export async function rehearseOffer(): Promise<void> {
  const connection = new RTCPeerConnection();
  try {
    new Transceivers(connection, {}, () => undefined).create();
    await connection.createOffer();
  } finally {
    connection.close();
  }
}
