/** What the worker is told to begin with. */
export interface BlurStart {
  readonly library: string;
  readonly wasmLoader: string;
  readonly wasm: string;
  readonly model: string;
  readonly strength: number;
  /** The camera's frames, and where the blurred ones go; `null` where they are passed one by one. */
  readonly frames: {
    readonly readable: ReadableStream<VideoFrame>;
    readonly writable: WritableStream<VideoFrame>;
  } | null;
}

/** What the worker answers: that it can begin, that it cannot, or a blurred picture. */
export type BlurAnswer = "ready" | "failed" | ImageBitmap;
