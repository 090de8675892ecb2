/**
 * Finds what imports itself over others, types included: Tarjan's strongly connected components.
 *
 * @param graph each file with the files that it imports.
 * @returns the files of each circle, sorted.
 */
export function circlesOf(graph: ReadonlyMap<string, readonly string[]>): string[][] {
  const order = new Map<string, number>();
  const low = new Map<string, number>();
  const stack: string[] = [];
  const circles: string[][] = [];
  const visit = (file: string): number => {
    const index = order.size;
    order.set(file, index);
    low.set(file, index);
    stack.push(file);
    for (const next of graph.get(file) ?? []) {
      const reached = order.has(next)
        ? stack.includes(next)
          ? order.get(next)
          : undefined
        : visit(next);
      low.set(file, Math.min(low.get(file) ?? index, reached ?? index));
    }
    const lowest = low.get(file) ?? index;
    if (lowest === index) {
      const circle = stack.splice(stack.indexOf(file));
      if (circle.length > 1 || graph.get(file)?.includes(file) === true)
        circles.push(circle.sort());
    }
    return lowest;
  };
  for (const file of graph.keys()) if (!order.has(file)) visit(file);
  return circles;
}
