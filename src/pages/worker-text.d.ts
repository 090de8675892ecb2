/** Text of a module, bundled and minified as a classic script: `.tools/build-pages.mjs`. */
declare module "*.ts?text" {
  const text: string;
  export default text;
}
