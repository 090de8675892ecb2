/** The package's own types name a file that it does not ship (0.10.0). */
declare module "@web/test-runner-visual-regression" {
  /** Compares a picture of the element with the one that was kept under that name. */
  export function visualDiff(element: Node, name: string): Promise<void>;
}
