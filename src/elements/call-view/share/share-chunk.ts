import type { CSSResultOrNative, LitElement } from "lit";
import { sharedStyles } from "./share.styles.ts";
import { SharedPicture } from "./shared-picture.ts";

/** What a shared screen of the other side has: a chunk of its own, which most calls never load. */
export interface ShareChunk {
  readonly styles: CSSResultOrNative;
  open(host: LitElement): SharedPicture;
}

export const shareChunk: ShareChunk = {
  styles: sharedStyles,
  open: (host) => new SharedPicture(host),
};
