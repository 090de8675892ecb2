import { compile } from "svelte/compiler";

/** Equivalent of @sveltejs/vite-plugin-svelte without preprocessors and hot reload. */
const svelte = {
  name: "svelte",
  transform(source, filename) {
    if (!filename.endsWith(".svelte")) return;
    const { code, map } = compile(source, { filename, css: "injected" }).js;
    return { code, map };
  },
};

export default { base: "./", plugins: [svelte] };
