/** Leaves out what no instance offers to a host: Storybook would show a control for each private and static field. */
function publicOnly() {
  const isPublic = ({ privacy, name, static: ofClass }) =>
    !ofClass && !["private", "protected"].includes(privacy) && !name.startsWith("#");
  return {
    name: "public-only",
    packageLinkPhase({ customElementsManifest }) {
      for (const declaration of customElementsManifest.modules.flatMap(
        (module) => module.declarations ?? [],
      )) {
        if (declaration.members) declaration.members = declaration.members.filter(isPublic);
        if (declaration.attributes) {
          const hidden = (name) =>
            name &&
            declaration.members &&
            !declaration.members.some((member) => member.name === name);
          declaration.attributes = declaration.attributes.filter(
            ({ fieldName }) => !hidden(fieldName),
          );
        }
        // The analyzer adds each `dispatchEvent` it meets, without a name, beside the `@fires` that documents it.
        if (declaration.events) declaration.events = declaration.events.filter(({ name }) => name);
      }
    },
  };
}

/** Names the files as they are published. */
function asPublished() {
  const published = (path) => path.replace(/^\/?src\/(.*)\.ts$/, "dist/$1.js");
  const visit = (value) => {
    if (typeof value !== "object" || value === null) return;
    for (const key of ["path", "module"])
      if (typeof value[key] === "string") value[key] = published(value[key]);
    Object.values(value).forEach(visit);
  };
  return {
    name: "as-published",
    packageLinkPhase: ({ customElementsManifest }) => visit(customElementsManifest),
  };
}

export default {
  // Icons and strings are no interface, and would be nine tenths of it.
  globs: [
    "src/elements/**/*.ts",
    "src/events/**/*.ts",
    "!src/elements/words/**",
    "!src/elements/shared/*icons.ts",
    "!src/**/*.styles.ts",
  ],
  outdir: "dist",
  litelement: true,
  // package.json names the manifest already; the analyzer would rewrite it.
  packagejson: false,
  plugins: [publicOnly(), asPublished()],
};
