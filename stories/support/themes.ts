/** The custom properties of a host's theme. A colour is one value or, by `light-dark()`, one for each scheme. */
interface Theme {
  readonly title: string;
  readonly properties: Readonly<Record<string, string>>;
}

/** A host restyles the kit with custom properties alone. These three are copied from nowhere: a start for a host's own. */
export const themes = {
  neutral: { title: "Neutral", properties: {} },
  /** As in an app of the Material kind: tinted surfaces, large radii, one accent for all. */
  material: {
    title: "Like a Material host",
    properties: {
      "--sx-font": "Roboto, system-ui, sans-serif",
      "--sx-color-surface": "light-dark(#fdf7ff, #141218)",
      "--sx-color-raised": "light-dark(#f3edf7, #2b2930)",
      "--sx-color-text": "light-dark(#1d1b20, #e6e0e9)",
      "--sx-color-muted": "light-dark(#494551, #cac4d0)",
      "--sx-color-line": "light-dark(#cac4d0, #49454f)",
      "--sx-color-control": "light-dark(#e8def8, #4a4458)",
      "--sx-color-control-hover": "light-dark(#dbd0ee, #585068)",
      "--sx-color-accent": "light-dark(#65558f, #d0bcff)",
      "--sx-color-on-accent": "light-dark(#ffffff, #381e72)",
      "--sx-color-accept": "#2e6c30",
      "--sx-color-accept-hover": "#255a27",
      "--sx-color-danger": "#b3261e",
      "--sx-color-danger-hover": "#9a1f18",
      "--sx-color-danger-text": "light-dark(#b3261e, #f2b8b5)",
      "--sx-radius-l": "1.75rem",
      "--sx-motion": "200ms",
    },
  },
  /** As in an app of the iOS kind: grouped grey, the system's blue, thin type, soft shadows. */
  ios: {
    title: "Like an iOS host",
    properties: {
      "--sx-font": "-apple-system, system-ui, sans-serif",
      "--sx-color-surface": "light-dark(#f2f2f7, #000000)",
      "--sx-color-raised": "light-dark(#ffffff, #1c1c1e)",
      "--sx-color-text": "light-dark(#000000, #ffffff)",
      "--sx-color-muted": "light-dark(#5f5f66, #aeaeb2)",
      "--sx-color-line": "light-dark(#d1d1d6, #3a3a3c)",
      "--sx-color-control": "light-dark(#e5e5ea, #2c2c2e)",
      "--sx-color-control-hover": "light-dark(#d8d8de, #3a3a3c)",
      "--sx-color-accent": "light-dark(#0060d1, #6ab0ff)",
      "--sx-color-on-accent": "light-dark(#ffffff, #00254f)",
      "--sx-color-accept": "#1d7c37",
      "--sx-color-accept-hover": "#18682e",
      "--sx-color-danger": "#d70015",
      "--sx-color-danger-hover": "#b90012",
      "--sx-color-danger-text": "light-dark(#c00013, #ff8f88)",
      "--sx-radius-l": "1rem",
      "--sx-elevation": "0 4px 24px rgb(0 0 0 / 0.18)",
      "--sx-motion": "240ms",
    },
  },
} as const satisfies Record<string, Theme>;

export type ThemeName = keyof typeof themes;

export const themeNames = Object.keys(themes) as ThemeName[];

/** Applies a host's theme to an element, and removes the previous one. */
export function applyTheme({ style }: HTMLElement, name: ThemeName): void {
  for (const theme of Object.values<Theme>(themes)) {
    for (const property of Object.keys(theme.properties)) style.removeProperty(property);
  }
  for (const [property, value] of Object.entries(themes[name].properties))
    style.setProperty(property, value);
}
