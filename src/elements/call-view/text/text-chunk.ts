import type { CSSResultOrNative, TemplateResult } from "lit";
import type { CallText } from "../../../controller/call-source.ts";
import type { CallScene } from "../scene.ts";
import { textStyles } from "./text.styles.ts";
import { renderText, type TextView } from "./text-template.ts";

/** The conversation in a call: a chunk of its own, which most calls never load. */
export interface TextChunk {
  readonly styles: CSSResultOrNative;
  render(scene: CallScene, text: CallText, view: TextView): TemplateResult;
}

export const textChunk: TextChunk = { styles: textStyles, render: renderText };
