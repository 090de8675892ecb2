import { CallError } from "../../errors.ts";
import {
  bigEndian,
  concat,
  fromBase64url,
  lengthPrefixed,
  utf8,
  wipe,
  type Bytes,
} from "../bytes.ts";
import { randomBytes, toBase64url } from "../base64url.ts";
import {
  decapsulate,
  encapsulate,
  findKeyShares,
  sharedX25519,
  type KemPair,
  type X25519Pair,
} from "./key-shares.ts";
import { deriveSuccessors, type ResumptionSecret, type Successors } from "./resumption.ts";

/*
 * X25519 + ML-KEM-768, bound to the call, its DTLS fingerprints and the host's values. I is the caller, R the callee.
 *
 *   invite   I→R   x25519 public key, ML-KEM-768 public key, commitment = SHA-512("sx-call/1 commit" | callId | n_I)
 *   accept   R→I   x25519 public key, ML-KEM-768 ciphertext, n_R, mac_R
 *   confirm  I→R   n_I, mac_I
 *
 *   T    = SHA-512 over length-prefixed fields; between two kits that name their devices the terms of the call follow
 *   hs   = HKDF-Extract(salt = T, IKM = ML-KEM secret | X25519 secret | host secret? | input of the resumed call?)
 *   mac  = HMAC(HKDF-Expand(hs, "sx-call/1 confirm " + role), T)
 *   e_0  = HKDF-Expand(hs, "sx-call/1 epoch", 64)
 *   sas  = HKDF-Expand(hs, "sx-call/1 sas" | n_I | n_R, 6)
 *   resume, continuity: see resumption.ts
 *
 * The ML-KEM secret is first, as in X-Wing: the secret against quantum computers leads (RFC 9794).
 */

/** Parameters that identify a call and must be equal on both sides. */
export interface CallBinding {
  readonly callId: string;
  readonly media: string;
}

/** Parameters bound in addition between two kits that name their devices. */
export interface CallTerms {
  /** Sending time in the invitation. Milliseconds since the epoch. */
  readonly sentAt: number;
  /** Id of the former call in the invitation; `null` without one. */
  readonly resumes: string | null;
  readonly callerDevice: string;
  readonly calleeDevice: string;
}

/** Parameters known only after both descriptions are applied. */
export interface TransportBinding {
  /** SHA-256 fingerprint of the caller's DTLS certificate, 32 bytes. */
  readonly offerFingerprint: Uint8Array;
  /** SHA-256 fingerprint of the callee's DTLS certificate, 32 bytes. */
  readonly answerFingerprint: Uint8Array;
  /** 32 bytes that only the two hosts know. */
  readonly hostSecret?: Uint8Array;
  /** Bytes that both hosts share, such as both identity keys. */
  readonly hostBinding?: Uint8Array;
  /** Absent where one of the kits names no device: it supports the shorter transcript only. */
  readonly terms?: CallTerms;
  /** Secret of the resumed call, where both sides have it. */
  readonly resumption?: ResumptionSecret;
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

/** Result that both sides hold after mutual key confirmation. */
export interface Agreed {
  readonly securityCode: SecurityCode;
  readonly successors: Successors;
}

type Role = "initiator" | "responder";

interface InitiatorParts {
  readonly x25519: X25519Pair;
  readonly kem: KemPair;
  readonly nonce: Bytes;
  readonly commitment: Bytes;
}

/** The caller's side of one key agreement. For one use: it drops its keys afterwards. */
export class InitiatorAgreement {
  readonly share: InviteShare;
  readonly #binding: CallBinding;
  #parts: InitiatorParts | null;

  private constructor(binding: CallBinding, parts: InitiatorParts) {
    const { x25519, kem, commitment } = parts;
    this.#binding = binding;
    this.#parts = parts;
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
    return new InitiatorAgreement(binding, { x25519, kem, nonce, commitment });
  }

  /**
   * Processes the callee's answer.
   *
   * @returns the secret of epoch 0 for the frame cipher, the proof to send, and the agreed values.
   * @throws {CallError} `insecure` for a wrong proof: a message was changed in transit. `internal` after use or release.
   */
  async agree(
    accept: AcceptShare,
    transport: TransportBinding,
  ): Promise<Agreed & { readonly secret: CryptoKey; readonly confirm: ConfirmShare }> {
    const { x25519, kem, nonce, commitment } = this.#takeParts();
    const theirNonce = fromBase64url(accept.nonce, 32);
    const theirX25519 = fromBase64url(accept.keys.x25519, 32);
    const ciphertext = fromBase64url(accept.keys.mlkem768, 1088);
    const [kemSecret, x25519Secret] = await Promise.all([
      decapsulate(kem, ciphertext),
      sharedX25519(x25519, theirX25519),
    ]);
    const schedule = await HandshakeKeys.derive(kemSecret, x25519Secret, transport, [
      ...callFields(this.#binding),
      commitment,
      x25519.publicKey,
      kem.publicKey,
      theirX25519,
      ciphertext,
    ]);
    await schedule.check("responder", fromBase64url(accept.mac, 64));
    const [secret, mac, securityCode, successors] = await Promise.all([
      schedule.epochSecret(),
      schedule.prove("initiator"),
      schedule.securityCode(nonce, theirNonce),
      schedule.successors(),
    ]);
    return {
      secret,
      confirm: { nonce: toBase64url(nonce), mac: toBase64url(mac) },
      securityCode,
      successors,
    };
  }

  /**
   * Gives up the call for a new one of the same caller.
   *
   * @returns the nonce behind the commitment, known only to the author of the invitation. `null` after use.
   */
  giveUp(): string | null {
    const parts = this.#parts;
    this.#parts = null;
    return parts && toBase64url(parts.nonce);
  }

  /** Drops all keys. */
  release(): void {
    this.#parts = null;
  }

  #takeParts(): InitiatorParts {
    const parts = this.#parts;
    this.#parts = null;
    return parts ?? usedTwice();
  }
}

interface ResponderParts {
  readonly x25519: X25519Pair;
  readonly ciphertext: Bytes;
  readonly kemSecret: Bytes;
  readonly x25519Secret: Bytes;
}

/** The callee's side of one key agreement. For one use: it drops its keys afterwards. */
export class ResponderAgreement {
  readonly #binding: CallBinding;
  readonly #theirs: { x25519: Bytes; mlkem768: Bytes; commitment: Bytes };
  readonly #nonce = randomBytes(32);
  #parts: ResponderParts | null;
  #schedule: HandshakeKeys | null = null;

  private constructor(
    binding: CallBinding,
    theirs: { x25519: Bytes; mlkem768: Bytes; commitment: Bytes },
    parts: ResponderParts,
  ) {
    this.#binding = binding;
    this.#theirs = theirs;
    this.#parts = parts;
  }

  /**
   * Performs the work that does not depend on the descriptions while the call rings.
   *
   * @throws {CallError} `insecure` for invalid keys of the caller.
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
    const { ciphertext, secret: kemSecret } = kem;
    return new ResponderAgreement(binding, theirs, { x25519, ciphertext, kemSecret, x25519Secret });
  }

  /**
   * @returns the secret of epoch 0 for the frame cipher, and the fields of the `accept`.
   * @throws {CallError} `internal` after use or release.
   */
  async agree(transport: TransportBinding): Promise<{ secret: CryptoKey; accept: AcceptShare }> {
    const parts = this.#parts ?? usedTwice();
    this.#parts = null;
    const { x25519, ciphertext, kemSecret, x25519Secret } = parts;
    const schedule = await HandshakeKeys.derive(kemSecret, x25519Secret, transport, [
      ...callFields(this.#binding),
      this.#theirs.commitment,
      this.#theirs.x25519,
      this.#theirs.mlkem768,
      x25519.publicKey,
      ciphertext,
    ]);
    this.#schedule = schedule;
    const [secret, mac] = await Promise.all([schedule.epochSecret(), schedule.prove("responder")]);
    return {
      secret,
      accept: {
        keys: { x25519: toBase64url(x25519.publicKey), mlkem768: toBase64url(ciphertext) },
        nonce: toBase64url(this.#nonce),
        mac: toBase64url(mac),
      },
    };
  }

  /**
   * Processes the caller's proof.
   *
   * @returns the security code and the agreed values. Before this, the caller could still have chosen its nonce freely.
   * @throws {CallError} `insecure` for a nonce other than the committed one, a wrong MAC, or a second proof.
   */
  async confirm(confirm: ConfirmShare): Promise<Agreed> {
    const schedule = this.#schedule;
    this.#schedule = null;
    const nonce = fromBase64url(confirm.nonce, 32);
    const mac = fromBase64url(confirm.mac, 64);
    const isAuthor = await isCommittedTo(this.#binding.callId, this.#theirs.commitment, nonce);
    if (!isAuthor || schedule === null) throw refused();
    await schedule.check("initiator", mac);
    const [securityCode, successors] = await Promise.all([
      schedule.securityCode(nonce, this.#nonce),
      schedule.successors(),
    ]);
    return { securityCode, successors };
  }

  /** Drops all keys. */
  release(): void {
    const { kemSecret, x25519Secret } = this.#parts ?? {};
    for (const secret of [kemSecret, x25519Secret]) if (secret !== undefined) wipe(secret);
    this.#parts = null;
    this.#schedule = null;
  }
}

/**
 * Returns `true` where a nonce proves authorship of an invitation: the commitment is its hash.
 *
 * @param commitment from the `invite`, base64url.
 * @param nonce from {@link InitiatorAgreement.giveUp}.
 */
export async function isAuthorOf(
  callId: string,
  commitment: string,
  nonce: string,
): Promise<boolean> {
  try {
    return await isCommittedTo(callId, fromBase64url(commitment, 64), fromBase64url(nonce, 32));
  } catch {
    return false;
  }
}

/** `hs`, kept as the non-extractable key material and the salt of WebCrypto's one-call HKDF. */
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
    const { terms, resumption } = transport;
    if (resumption !== undefined && terms === undefined) throw refused();
    const transcript = lengthPrefixed(
      ...fields,
      offerFingerprint,
      answerFingerprint,
      hostBinding ?? new Uint8Array(0),
      ...(terms === undefined ? [] : termFields(terms, transport)),
    );
    const resumed = (await resumption?.inputFor(transcript)) ?? new Uint8Array(0);
    const secrets = concat(kemSecret, x25519Secret, hostSecret ?? new Uint8Array(0), resumed);
    const [hash, material] = await Promise.all([
      crypto.subtle.digest("SHA-512", transcript),
      crypto.subtle.importKey("raw", secrets, "HKDF", false, ["deriveKey", "deriveBits"]),
    ]);
    wipe(secrets, kemSecret, x25519Secret, resumed);
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

  successors(): Promise<Successors> {
    return deriveSuccessors(this.#material, (label) => this.#hkdf(utf8(label)));
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

/**
 * Additional transcript fields between two kits that name their devices. Their number distinguishes the two transcripts. Flags
 * mark the optional parts, so that calls with different parts have different transcripts.
 */
function termFields(
  { sentAt, resumes, callerDevice, calleeDevice }: CallTerms,
  { hostSecret, hostBinding, resumption }: TransportBinding,
): Uint8Array[] {
  const parts = [hostSecret, hostBinding, resumes ?? undefined, resumption];
  const flags = parts.reduce((bits, part, at) => bits | (part === undefined ? 0 : 1 << at), 0);
  return [
    Uint8Array.of(flags),
    bigEndian(sentAt, 8),
    utf8(resumes ?? ""),
    utf8(callerDevice),
    utf8(calleeDevice),
  ];
}

function callFields({ callId, media }: CallBinding): Uint8Array[] {
  return [utf8("sx-call/1"), utf8(callId), utf8(media)];
}

async function commit(callId: string, nonce: Bytes): Promise<Bytes> {
  return new Uint8Array(
    await crypto.subtle.digest("SHA-512", concat(utf8("sx-call/1 commit"), utf8(callId), nonce)),
  );
}

async function isCommittedTo(callId: string, commitment: Bytes, nonce: Bytes): Promise<boolean> {
  const expected = await commit(callId, nonce);
  // Both values are public: the comparison need not take constant time.
  return expected.every((byte, at) => byte === commitment[at]);
}

function usedTwice(): never {
  throw new CallError("internal", "An agreement was used twice.");
}

/** One opaque error: only an attacker benefits from knowing which check failed. */
function refused(): CallError {
  return new CallError("insecure", "The key agreement failed.");
}

/**
 * Security code of a call: seven numbers from 0 to 63. The first four are the short form of 24 bits. Both sides commit before
 * they see the other's nonce, so an attacker has one guess in 16.7 million. All seven are the long form.
 */
type SecurityCode = readonly number[];

/** Converts the first 42 of 48 derived bits to seven numbers, highest bits first. */
export function toSecurityCode(bytes: Uint8Array): SecurityCode {
  const bits = bytes.reduce((all, byte) => (all << 8n) | BigInt(byte), 0n);
  return Array.from({ length: 7 }, (_, index) => Number((bits >> BigInt(42 - 6 * index)) & 63n));
}
