interface Theme {
  readonly title: string;
  readonly properties: Readonly<Record<string, string>>;
}

/** A host restyles the kit by custom properties alone. */
export const themes: Readonly<Record<string, Theme>> = {
  neutral: { title: "Neutral", properties: {} },
  forest: {
    title: "Green",
    properties: {
      "--sx-color-surface": "light-dark(#f1f7f2, #0e1712)",
      "--sx-color-raised": "light-dark(#ffffff, #1a2820)",
      "--sx-color-text": "light-dark(#10231a, #e8f3ec)",
      "--sx-color-muted": "light-dark(#4a6155, #a9c2b4)",
      "--sx-color-control": "light-dark(#dcebe1, #27392e)",
      "--sx-color-control-hover": "light-dark(#cde1d4, #31473a)",
      "--sx-color-accent": "light-dark(#0b6b45, #7fe0b2)",
      "--sx-color-on-accent": "light-dark(#ffffff, #00351f)",
      "--sx-color-scrim": "rgb(6 34 24 / 0.72)",
      "--sx-color-picture": "#04140d",
      "--sx-radius-l": "1.75rem",
    },
  },
  square: {
    title: "Sober",
    properties: {
      "--sx-font": "Georgia, 'Noto Serif', serif",
      "--sx-color-surface": "light-dark(#f4f2ee, #161513)",
      "--sx-color-raised": "light-dark(#ffffff, #262421)",
      "--sx-color-control": "light-dark(#e6e2da, #34312d)",
      "--sx-color-control-hover": "light-dark(#d9d4c9, #423e39)",
      "--sx-color-accent": "light-dark(#6b2f1a, #ffb59b)",
      "--sx-color-on-accent": "light-dark(#ffffff, #3a1204)",
      "--sx-color-scrim": "rgb(20 16 12 / 0.76)",
      "--sx-radius-l": "0.375rem",
      "--sx-radius-round": "0.75rem",
      "--sx-avatar-radius": "0.75rem",
    },
  },
};

/** Gives an element a theme in place of the one before. */
export function applyTheme({ style }: HTMLElement, name: string): void {
  for (const { properties } of Object.values(themes))
    for (const property of Object.keys(properties)) style.removeProperty(property);
  for (const [property, value] of Object.entries(themes[name]?.properties ?? {}))
    style.setProperty(property, value);
}
