/**
 * How ES modules are bundled for Node, by esbuild. JavaScript, because `npm start` begins with it.
 *
 * @type {import('esbuild').BuildOptions}
 */
export const FOR_NODE = {
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  mainFields: ['module', 'main'],
  // CommonJS parts ask for Node's own modules by `require`, which an ES module must make for itself.
  banner: { js: "import{createRequire as __require}from'node:module';const require=__require(import.meta.url);" },
  logLevel: 'warning',
};
