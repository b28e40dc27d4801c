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
  banner: {
    js: "import{createRequire as __requireFrom}from'node:module';const require=__requireFrom(import.meta.url);",
  },
  logLevel: 'warning',
};
