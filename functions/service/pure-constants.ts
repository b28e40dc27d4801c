import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'esbuild';
import { parseSync } from 'oxc-parser';

/**
 * Tells esbuild that computing a constant of our modules has no effect, which it cannot know of `z.string().min(1)`. A
 * bundle then leaves out the constants it does not use: above all the answers' schemas, which only `npm run openapi`
 * reads, and which a function would build at every start.
 */
export const pureConstants: Plugin = {
  name: 'pure-constants',
  setup({ onLoad }) {
    onLoad({ filter: OURS }, async ({ path }) => ({
      contents: markPure(path, await readFile(path, 'utf8')),
      loader: path.endsWith('x') ? 'tsx' : 'ts',
    }));
  },
};

const folder = fileURLToPath(new URL('../..', import.meta.url));
const OURS = new RegExp(`^${folder.replaceAll(/[^\w/-]/g, '\\$&')}(packages|functions|web)/.*\\.tsx?$`);

/** The source with each constant of its top level computed in a function of its own that is marked as pure. */
function markPure(path: string, source: string): string {
  let marked = '';
  let copied = 0;
  for (const statement of parseSync(path, source).program.body) {
    const declared = statement.type === 'ExportNamedDeclaration' ? statement.declaration : statement;
    if (declared?.type !== 'VariableDeclaration' || declared.kind !== 'const') continue;
    for (const { init } of declared.declarations) {
      if (!init || /\bawait\b/.test(source.slice(init.start, init.end))) continue;
      marked += `${source.slice(copied, init.start)}/* @__PURE__ */ (() => (${source.slice(init.start, init.end)}))()`;
      copied = init.end;
    }
  }
  return marked + source.slice(copied);
}
