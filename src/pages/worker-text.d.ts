/** A module's text, bundled and made small, as a classic script: `.tools/build-simplex.mjs` puts it in. */
declare module "*.ts?text" {
  const text: string;
  export default text;
}
