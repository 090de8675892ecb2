import type { Page } from "puppeteer-core";

/** What of a V8 heap snapshot is read here: flat lists whose fields `meta` names. */
interface RawSnapshot {
  readonly snapshot: {
    readonly meta: {
      readonly node_fields: readonly string[];
      readonly node_types: readonly [readonly string[], ...unknown[]];
      readonly edge_fields: readonly string[];
      readonly edge_types: readonly [readonly string[], ...unknown[]];
    };
  };
  readonly nodes: readonly number[];
  readonly edges: readonly number[];
  readonly strings: readonly string[];
}

/** Where Chromium keeps an empty object of each of its own classes, to make others from. */
const templates = "blink::V8PerContextData";

/** Everything that a page holds at one moment, from the roots on, as DevTools sees it after a collection. */
export class Heap {
  readonly #raw: RawSnapshot;
  readonly #nodeSize: number;
  readonly #edgeSize: number;

  private constructor(raw: RawSnapshot) {
    this.#raw = raw;
    this.#nodeSize = raw.snapshot.meta.node_fields.length;
    this.#edgeSize = raw.snapshot.meta.edge_fields.length;
  }

  static async of(page: Page): Promise<Heap> {
    const session = await page.createCDPSession();
    const chunks: string[] = [];
    session.on("HeapProfiler.addHeapSnapshotChunk", ({ chunk }) => chunks.push(chunk));
    await session.send("HeapProfiler.enable");
    // What is only reachable from finalisers goes with the second collection.
    for (let round = 0; round < 3; round++) await session.send("HeapProfiler.collectGarbage");
    await session.send("HeapProfiler.takeHeapSnapshot", { reportProgress: false });
    await session.detach();
    return new Heap(JSON.parse(chunks.join("")) as RawSnapshot);
  }

  /** @returns the classes of what the objects of a class hold under a name. */
  fieldsOf(className: string, field: string): string[] {
    const { nodes, edges, strings, snapshot } = this.#raw;
    const { node_fields: nodeFields, edge_fields: edgeFields } = snapshot.meta;
    const nameOf = (node: number) => strings[nodes[node + nodeFields.indexOf("name")] ?? 0] ?? "";
    const found: string[] = [];
    for (let node = 0, edge = 0; node < nodes.length; node += this.#nodeSize) {
      const end = edge + (nodes[node + nodeFields.indexOf("edge_count")] ?? 0) * this.#edgeSize;
      for (; edge < end; edge += this.#edgeSize) {
        const label = strings[edges[edge + edgeFields.indexOf("name_or_index")] ?? 0];
        if (nameOf(node) === className && label === field)
          found.push(nameOf(edges[edge + edgeFields.indexOf("to_node")] ?? 0));
      }
    }
    return found;
  }

  /**
   * Walks all that is held strongly.
   *
   * @param names of classes.
   * @param beyond classes whose objects are not gone through: what they hold may be held.
   * @returns for each object of these classes, but for the classes' own prototypes, the way from a root to it.
   */
  waysTo(names: readonly string[], beyond: readonly string[] = []): string[] {
    const { nodes, edges, strings, snapshot } = this.#raw;
    const { node_fields: nodeFields, edge_fields: edgeFields, edge_types: types } = snapshot.meta;
    const [nameAt, countAt] = [nodeFields.indexOf("name"), nodeFields.indexOf("edge_count")];
    const [typeAt, labelAt, toAt] = ["type", "name_or_index", "to_node"].map((field) =>
      edgeFields.indexOf(field),
    ) as [number, number, number];
    const weak = types[0].indexOf("weak");
    const kinds = ["object", "native"].map((kind) => snapshot.meta.node_types[0].indexOf(kind));
    const prototypes = new Set<number>();
    const numbered = ["element", "hidden"].map((type) => types[0].indexOf(type));
    const firstEdge = new Map<number, number>();
    for (let node = 0, edge = 0; node < nodes.length; node += this.#nodeSize) {
      firstEdge.set(node, edge);
      edge += (nodes[node + countAt] ?? 0) * this.#edgeSize;
    }
    const nameOf = (node: number) => strings[nodes[node + nameAt] ?? 0] ?? "";
    const from = new Map<number, readonly [node: number, label: string] | null>([[0, null]]);
    const queue = [0];
    for (let node = queue.shift(); node !== undefined; node = queue.shift()) {
      if (node !== 0 && (beyond.includes(nameOf(node)) || nameOf(node) === templates)) continue;
      const start = firstEdge.get(node) ?? 0;
      const end = start + (nodes[node + countAt] ?? 0) * this.#edgeSize;
      for (let edge = start; edge < end; edge += this.#edgeSize) {
        const type = edges[edge + typeAt] ?? 0;
        const to = edges[edge + toAt] ?? 0;
        const label = edges[edge + labelAt] ?? 0;
        if (!numbered.includes(type) && strings[label] === "prototype") prototypes.add(to);
        if (type === weak || from.has(to)) continue;
        from.set(to, [node, numbered.includes(type) ? `[${label}]` : (strings[label] ?? "")]);
        queue.push(to);
      }
    }
    const way = (node: number): string => {
      const steps: string[] = [];
      for (let at = node, before = from.get(at); before; before = from.get(at)) {
        steps.unshift(`.${before[1]} ${nameOf(at).slice(0, 40)}`);
        at = before[0];
      }
      return steps.slice(-8).join(" → ");
    };
    const isOne = (node: number) =>
      names.includes(nameOf(node)) &&
      kinds.includes(nodes[node + nodeFields.indexOf("type")] ?? -1) &&
      !prototypes.has(node);
    return [...from.keys()].filter(isOne).map(way);
  }
}
