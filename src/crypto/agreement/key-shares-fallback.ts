import { x25519 } from "@noble/curves/ed25519.js";
import { ml_kem768 } from "@noble/post-quantum/ml-kem.js";

/*
 * Both key shares without WebCrypto, for engines that lack one. Loaded only there. The private keys are bytes in the page's memory:
 * an engine that cannot hold them itself leaves no other place.
 */

export const x25519Fallback = {
  generate(): { readonly secretKey: Uint8Array; readonly publicKey: Uint8Array } {
    return x25519.keygen();
  },
  /** @throws where the result would be zero. */
  shared(secretKey: Uint8Array, theirs: Uint8Array): Uint8Array {
    return x25519.getSharedSecret(secretKey, theirs);
  },
};

export const kemFallback = {
  generate(): { readonly secretKey: Uint8Array; readonly publicKey: Uint8Array } {
    return ml_kem768.keygen();
  },
  /** @throws where the bytes are not a public key. */
  encapsulate(theirs: Uint8Array): {
    readonly cipherText: Uint8Array;
    readonly sharedSecret: Uint8Array;
  } {
    return ml_kem768.encapsulate(theirs);
  },
  decapsulate(secretKey: Uint8Array, ciphertext: Uint8Array): Uint8Array {
    return ml_kem768.decapsulate(ciphertext, secretKey);
  },
};
