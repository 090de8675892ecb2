/** What the room page uses of `uqr`: a checkout whose packages are older than this page still compiles. */
declare module "uqr" {
  export function encode(
    text: string,
    options: { readonly ecc: "M"; readonly border: number },
  ): { readonly size: number; readonly data: readonly (readonly boolean[])[] };
}
