/*
 * Test vectors of RFC 9605 appendix C, from the JSON file that the working group publishes (sframe-wg/sframe). It has the
 * headers of every length, and the two cipher suites that are AES-GCM with a full tag. Numbers go up to 2^64 - 1 and are
 * therefore big integers.
 */

export const headerVectors: readonly (readonly [kid: bigint, counter: bigint, encoded: string])[] =
  [
    [0n, 0n, "00"],
    [0n, 1n, "01"],
    [0n, 255n, "08ff"],
    [0n, 256n, "090100"],
    [0n, 65535n, "09ffff"],
    [0n, 65536n, "0a010000"],
    [0n, 16777215n, "0affffff"],
    [0n, 16777216n, "0b01000000"],
    [0n, 4294967295n, "0bffffffff"],
    [0n, 4294967296n, "0c0100000000"],
    [0n, 1099511627775n, "0cffffffffff"],
    [0n, 1099511627776n, "0d010000000000"],
    [0n, 281474976710655n, "0dffffffffffff"],
    [0n, 281474976710656n, "0e01000000000000"],
    [0n, 72057594037927935n, "0effffffffffffff"],
    [0n, 72057594037927936n, "0f0100000000000000"],
    [0n, 18446744073709551615n, "0fffffffffffffffff"],
    [1n, 1n, "11"],
    [255n, 0n, "80ff"],
    [255n, 1n, "81ff"],
    [255n, 255n, "88ffff"],
    [255n, 65536n, "8aff010000"],
    [255n, 18446744073709551615n, "8fffffffffffffffffff"],
    [256n, 256n, "9901000100"],
    [65535n, 65535n, "99ffffffff"],
    [65536n, 65536n, "aa010000010000"],
    [16777215n, 16777215n, "aaffffffffffff"],
    [16777216n, 16777216n, "bb0100000001000000"],
    [4294967295n, 4294967295n, "bbffffffffffffffff"],
    [4294967296n, 4294967296n, "cc01000000000100000000"],
    [1099511627775n, 1099511627775n, "ccffffffffffffffffffff"],
    [1099511627776n, 1099511627776n, "dd010000000000010000000000"],
    [281474976710655n, 281474976710655n, "ddffffffffffffffffffffffff"],
    [281474976710656n, 281474976710656n, "ee0100000000000001000000000000"],
    [72057594037927935n, 72057594037927935n, "eeffffffffffffffffffffffffffff"],
    [72057594037927936n, 72057594037927936n, "ff01000000000000000100000000000000"],
    [18446744073709551615n, 0n, "f0ffffffffffffffff"],
    [18446744073709551615n, 255n, "f8ffffffffffffffffff"],
    [18446744073709551615n, 18446744073709551615n, "ffffffffffffffffffffffffffffffffff"],
  ];

export const sframeVectors = [
  {
    suite: 4,
    kid: 291n,
    counter: 17767n,
    baseKey: "000102030405060708090a0b0c0d0e0f",
    salt: "75234edefe07819026751816",
    metadata: "4945544620534672616d65205747",
    plaintext: "64726166742d696574662d736672616d652d656e63",
    sealed: "9901234567b7412c2513a1b66dbb48841bbaf17f598751176ad847681a69c6d0b091c07018ce4adb34eb",
  },
  {
    suite: 5,
    kid: 291n,
    counter: 17767n,
    baseKey: "000102030405060708090a0b0c0d0e0f",
    salt: "84991c167b8cd23c93708ec7",
    metadata: "4945544620534672616d65205747",
    plaintext: "64726166742d696574662d736672616d652d656e63",
    sealed: "990123456794f509d36e9beacb0e261d99c7d1e972f1fed787d4049f17ca21353c1cc24d56ceabced279",
  },
] as const;
