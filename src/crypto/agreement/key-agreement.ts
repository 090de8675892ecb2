import { CallError } from "../../errors.ts";
import {
  concat,
  fromBase64url,
  lengthPrefixed,
  randomBytes,
  toBase64url,
  utf8,
  wipe,
} from "../bytes.ts";
import type { Bytes } from "../bytes.ts";
import { toSecurityCode } from "./security-code.ts";
import type { SecurityCode } from "./security-code.ts";
import { decapsulate, encapsulate, findKeyShares, sharedX25519 } from "./key-shares.ts";
import type { KemPair, X25519Pair } from "./key-shares.ts";

/*
 * X25519 + ML-KEM-768, bound to the call, to its DTLS fingerprints and to what the host brings. I is the caller, R the callee.
 *
 *   invite   I→R   x25519 public key, ML-KEM-768 public key, commitment = SHA-512("sx-call/1 commit" | callId | n_I)
 *   accept   R→I   x25519 public key, ML-KEM-768 ciphertext, n_R, mac_R
 *   confirm  I→R   n_I, mac_I
 *
 *   T    = SHA-512 over length-prefixed fields
 *   hs   = HKDF-Extract(salt = T, IKM = ML-KEM secret | X25519 secret | host secret)
 *   mac  = HMAC(HKDF-Expand(hs, "sx-call/1 confirm " + role), T)
 *   e_0  = HKDF-Expand(hs, "sx-call/1 epoch", 64)
 *   sas  = HKDF-Expand(hs, "sx-call/1 sas" | n_I | n_R, 6)
 *
 * The ML-KEM secret stands first, as in X-Wing and RFC 9794's hybrids: the one that has to last is the one that leads.
 */

/** What both sides must mean alike for a call to be the same call. */
export interface CallBinding {
  readonly callId: string;
  readonly media: string;
}

/** What is known only once both descriptions are applied. */
export interface TransportBinding {
  /** SHA-256 fingerprint of the caller's DTLS certificate, 32 bytes. */
  readonly offerFingerprint: Uint8Array;
  /** SHA-256 fingerprint of the callee's DTLS certificate, 32 bytes. */
  readonly answerFingerprint: Uint8Array;
  /** 32 bytes that both hosts know and nobody else does. */
  readonly hostSecret?: Uint8Array;
  /** Bytes that both hosts hold alike, such as both identity keys. */
  readonly hostBinding?: Uint8Array;
}

/** The caller's part of the `invite`, base64url. */
export interface InviteShare {
  readonly keys: { readonly x25519: string; readonly mlkem768: string };
  readonly commitment: string;
}

/** The callee's part of the `accept`, base64url. */
export interface AcceptShare {
  readonly keys: { readonly x25519: string; readonly mlkem768: string };
  readonly nonce: string;
  readonly mac: string;
}

/** The caller's proof, base64url. */
export interface ConfirmShare {
  readonly nonce: string;
  readonly mac: string;
}

type Role = "initiator" | "responder";

/** The caller's side of one agreement. Use it once. */
export class InitiatorAgreement {
  readonly share: InviteShare;
  readonly #binding: CallBinding;
  readonly #x25519: X25519Pair;
  readonly #kem: KemPair;
  readonly #nonce: Bytes;
  readonly #commitment: Bytes;

  private constructor(
    binding: CallBinding,
    x25519: X25519Pair,
    kem: KemPair,
    nonce: Bytes,
    commitment: Bytes,
  ) {
    this.#binding = binding;
    this.#x25519 = x25519;
    this.#kem = kem;
    this.#nonce = nonce;
    this.#commitment = commitment;
    this.share = {
      keys: { x25519: toBase64url(x25519.publicKey), mlkem768: toBase64url(kem.publicKey) },
      commitment: toBase64url(commitment),
    };
  }

  static async create(binding: CallBinding): Promise<InitiatorAgreement> {
    const shares = await findKeyShares();
    const nonce = randomBytes(32);
    const [x25519, kem, commitment] = await Promise.all([
      shares.generateX25519(),
      shares.generateKem(),
      commit(binding.callId, nonce),
    ]);
    return new InitiatorAgreement(binding, x25519, kem, nonce, commitment);
  }

  /**
   * Takes the callee's answer.
   *
   * @returns the secret of epoch 0, for the frame cipher, the proof to send, and the security code.
   * @throws {CallError} `insecure` where the callee's proof is wrong: somebody changed something on the way.
   */
  async agree(
    accept: AcceptShare,
    transport: TransportBinding,
  ): Promise<{ secret: CryptoKey; confirm: ConfirmShare; securityCode: SecurityCode }> {
    const theirNonce = fromBase64url(accept.nonce, 32);
    const theirX25519 = fromBase64url(accept.keys.x25519, 32);
    const ciphertext = fromBase64url(accept.keys.mlkem768, 1088);
    const [kemSecret, x25519Secret] = await Promise.all([
      decapsulate(this.#kem, ciphertext),
      sharedX25519(this.#x25519, theirX25519),
    ]);
    const schedule = await HandshakeKeys.derive(kemSecret, x25519Secret, transport, [
      ...callFields(this.#binding),
      this.#commitment,
      this.#x25519.publicKey,
      this.#kem.publicKey,
      theirX25519,
      ciphertext,
    ]);
    await schedule.check("responder", fromBase64url(accept.mac, 64));
    const [secret, mac, securityCode] = await Promise.all([
      schedule.epochSecret(),
      schedule.prove("initiator"),
      schedule.securityCode(this.#nonce, theirNonce),
    ]);
    return {
      secret,
      confirm: { nonce: toBase64url(this.#nonce), mac: toBase64url(mac) },
      securityCode,
    };
  }
}

/** The callee's side of one agreement. Use it once. */
export class ResponderAgreement {
  readonly #binding: CallBinding;
  readonly #theirs: { x25519: Bytes; mlkem768: Bytes; commitment: Bytes };
  readonly #x25519: X25519Pair;
  readonly #ciphertext: Bytes;
  readonly #kemSecret: Bytes;
  readonly #x25519Secret: Bytes;
  readonly #nonce = randomBytes(32);
  #schedule: HandshakeKeys | undefined;

  private constructor(
    binding: CallBinding,
    theirs: { x25519: Bytes; mlkem768: Bytes; commitment: Bytes },
    x25519: X25519Pair,
    kem: { ciphertext: Bytes; secret: Bytes },
    x25519Secret: Bytes,
  ) {
    this.#binding = binding;
    this.#theirs = theirs;
    this.#x25519 = x25519;
    this.#ciphertext = kem.ciphertext;
    this.#kemSecret = kem.secret;
    this.#x25519Secret = x25519Secret;
  }

  /**
   * Does, while it rings, all that does not need the descriptions.
   *
   * @throws {CallError} `insecure` where the caller's keys are not keys.
   */
  static async create(binding: CallBinding, invite: InviteShare): Promise<ResponderAgreement> {
    const theirs = {
      x25519: fromBase64url(invite.keys.x25519, 32),
      mlkem768: fromBase64url(invite.keys.mlkem768, 1184),
      commitment: fromBase64url(invite.commitment, 64),
    };
    const shares = await findKeyShares();
    const [x25519, kem] = await Promise.all([
      shares.generateX25519(),
      encapsulate(shares, theirs.mlkem768),
    ]);
    const x25519Secret = await sharedX25519(x25519, theirs.x25519);
    return new ResponderAgreement(binding, theirs, x25519, kem, x25519Secret);
  }

  /** @returns the secret of epoch 0, for the frame cipher, and what goes into the `accept`. */
  async agree(transport: TransportBinding): Promise<{ secret: CryptoKey; accept: AcceptShare }> {
    const schedule = await HandshakeKeys.derive(this.#kemSecret, this.#x25519Secret, transport, [
      ...callFields(this.#binding),
      this.#theirs.commitment,
      this.#theirs.x25519,
      this.#theirs.mlkem768,
      this.#x25519.publicKey,
      this.#ciphertext,
    ]);
    this.#schedule = schedule;
    const [secret, mac] = await Promise.all([schedule.epochSecret(), schedule.prove("responder")]);
    return {
      secret,
      accept: {
        keys: {
          x25519: toBase64url(this.#x25519.publicKey),
          mlkem768: toBase64url(this.#ciphertext),
        },
        nonce: toBase64url(this.#nonce),
        mac: toBase64url(mac),
      },
    };
  }

  /**
   * Takes the caller's proof.
   *
   * @returns the security code: only now is it certain that the caller could not choose its nonce to suit.
   * @throws {CallError} `insecure` where the nonce is not the one that was committed to, or the mac is wrong.
   */
  async confirm(confirm: ConfirmShare): Promise<SecurityCode> {
    const nonce = fromBase64url(confirm.nonce, 32);
    const mac = fromBase64url(confirm.mac, 64);
    const commitment = await commit(this.#binding.callId, nonce);
    // Both values are public by now: their comparison may take a different time for different values.
    if (commitment.some((byte, at) => byte !== this.#theirs.commitment[at])) throw refused();
    if (this.#schedule === undefined) throw refused();
    await this.#schedule.check("initiator", mac);
    return this.#schedule.securityCode(nonce, this.#nonce);
  }
}

/** `hs`, held as the non-extractable key material and salt that WebCrypto's one-call HKDF extracts it from each time. */
class HandshakeKeys {
  readonly #material: CryptoKey;
  readonly #transcript: Bytes;

  private constructor(material: CryptoKey, transcript: Bytes) {
    this.#material = material;
    this.#transcript = transcript;
  }

  static async derive(
    kemSecret: Bytes,
    x25519Secret: Bytes,
    transport: TransportBinding,
    fields: Uint8Array[],
  ) {
    const { offerFingerprint, answerFingerprint, hostSecret, hostBinding } = transport;
    const transcript = lengthPrefixed(
      ...fields,
      offerFingerprint,
      answerFingerprint,
      hostBinding ?? new Uint8Array(0),
    );
    const secrets = concat(kemSecret, x25519Secret, hostSecret ?? new Uint8Array(0));
    const [hash, material] = await Promise.all([
      crypto.subtle.digest("SHA-512", transcript),
      crypto.subtle.importKey("raw", secrets, "HKDF", false, ["deriveKey", "deriveBits"]),
    ]);
    wipe(secrets, kemSecret, x25519Secret);
    return new HandshakeKeys(material, new Uint8Array(hash));
  }

  epochSecret(): Promise<CryptoKey> {
    return this.#hmacKey("sx-call/1 epoch", ["sign"]);
  }

  async prove(role: Role): Promise<Bytes> {
    const key = await this.#hmacKey(`sx-call/1 confirm ${role}`, ["sign"]);
    return new Uint8Array(await crypto.subtle.sign("HMAC", key, this.#transcript));
  }

  async check(role: Role, mac: Bytes): Promise<void> {
    const key = await this.#hmacKey(`sx-call/1 confirm ${role}`, ["verify"]);
    if (!(await crypto.subtle.verify("HMAC", key, mac, this.#transcript))) throw refused();
  }

  async securityCode(initiatorNonce: Bytes, responderNonce: Bytes): Promise<SecurityCode> {
    const info = concat(utf8("sx-call/1 sas"), initiatorNonce, responderNonce);
    return toSecurityCode(
      new Uint8Array(await crypto.subtle.deriveBits(this.#hkdf(info), this.#material, 48)),
    );
  }

  #hkdf(info: Bytes) {
    return { name: "HKDF", hash: "SHA-512", salt: this.#transcript, info };
  }

  #hmacKey(label: string, usages: KeyUsage[]): Promise<CryptoKey> {
    const hkdf = this.#hkdf(utf8(label));
    return crypto.subtle.deriveKey(
      hkdf,
      this.#material,
      { name: "HMAC", hash: "SHA-512", length: 512 },
      false,
      usages,
    );
  }
}

function callFields({ callId, media }: CallBinding): Uint8Array[] {
  return [utf8("sx-call/1"), utf8(callId), utf8(media)];
}

async function commit(callId: string, nonce: Bytes): Promise<Bytes> {
  return new Uint8Array(
    await crypto.subtle.digest("SHA-512", concat(utf8("sx-call/1 commit"), utf8(callId), nonce)),
  );
}

/** One opaque error: which check failed is of use to an attacker only. */
function refused(): CallError {
  return new CallError("insecure", "The two sides could not agree on keys that nobody else has.");
}
