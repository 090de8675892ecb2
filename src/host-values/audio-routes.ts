import { isAbsent, isRecord, readChoice, readSwitch, toText } from "./host-value.ts";

const routeKinds = ["earpiece", "speaker", "headset", "bluetooth", "other"] as const;
const maxRoutes = 32;
const maxLabel = 256;

/** A validated audio route of the host. */
export interface ReadRoute {
  readonly id: string;
  readonly label: string;
  readonly selected: boolean;
  readonly kind: (typeof routeKinds)[number];
}

/** An audio route in a host's message. */
export interface RouteData {
  readonly id: string | number;
  readonly label?: string | null | undefined;
  readonly selected?: boolean | null | undefined;
  readonly kind?: ReadRoute["kind"] | null | undefined;
}

/**
 * Reads audio routes one by one.
 * @returns `null` routes for none, and the indexes of dropped ones.
 */
export function readRoutes(given: readonly RouteData[] | null | undefined): {
  readonly routes: readonly ReadRoute[] | null;
  readonly ignored: readonly string[];
} {
  if (isAbsent(given)) return { routes: null, ignored: [] };
  if (!Array.isArray(given)) return { routes: null, ignored: ["routes"] };
  const list: readonly unknown[] = given;
  const ignored: string[] = [];
  const routes = list.flatMap((route, index): ReadRoute[] => {
    const id = isRecord(route) ? toText(route.id) : null;
    if (!isRecord(route) || id === null || index >= maxRoutes) {
      ignored.push(`routes[${String(index)}]`);
      return [];
    }
    const label = toText(route.label)?.slice(0, maxLabel) ?? id;
    const { value: selected } = readSwitch(route.selected, false);
    return [{ id, label, selected, kind: readChoice(route.kind, routeKinds, "other").value }];
  });
  return { routes, ignored };
}
