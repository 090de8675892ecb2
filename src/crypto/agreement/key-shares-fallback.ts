import { x25519 } from "@noble/curves/ed25519.js";
import { ml_kem768 } from "@noble/post-quantum/ml-kem.js";

/*
 * Both key shares without WebCrypto, loaded only in engines that lack one. The private keys are bytes in the page's memory,
 * because such an engine cannot hold them.
 */

export const x25519Fallback = {
  generate(): { readonly secretKey: Uint8Array; readonly publicKey: Uint8Array } {
    return x25519.keygen();
  },
  /** @throws for an all-zero result. */
  shared(secretKey: Uint8Array, theirs: Uint8Array): Uint8Array {
    return x25519.getSharedSecret(secretKey, theirs);
  },
};

export const kemFallback = {
  generate(): { readonly secretKey: Uint8Array; readonly publicKey: Uint8Array } {
    return ml_kem768.keygen();
  },
  /** @throws for an invalid public key. */
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
