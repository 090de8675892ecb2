import { compileScript, parse } from "vue/compiler-sfc";

/**
 * Equivalent of @vitejs/plugin-vue without styles and hot reload. With the plugin: `vue({ template: { compilerOptions } })`.
 */
const compilerOptions = { isCustomElement: (tag) => tag.startsWith("sx-") };
const vue = {
  name: "vue",
  transform(source, filename) {
    if (!filename.endsWith(".vue")) return;
    const { descriptor } = parse(source, { filename, templateParseOptions: compilerOptions });
    const { content, map } = compileScript(descriptor, {
      id: filename,
      inlineTemplate: true,
      templateOptions: { compilerOptions },
    });
    return { code: content, map };
  },
};

export default {
  base: "./",
  plugins: [vue],
  define: {
    __VUE_OPTIONS_API__: false,
    __VUE_PROD_DEVTOOLS__: false,
    __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: false,
  },
};
