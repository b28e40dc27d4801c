import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import packageJson from '../package.json' with { type: 'json' };

/** What the documents say of files, symbols, decisions and versions, held against what is there. */
const read = (path: string) => readFileSync(path, 'utf8');
const documents = [
  ...readdirSync('.').filter((path) => path.endsWith('.md')),
  ...readdirSync('docs', { recursive: true, encoding: 'utf8' }).map((path) => `docs/${path}`),
  'web/README.md',
  'test/oracle/README.md',
].filter((path) => path.endsWith('.md'));

describe.each(documents)('%s', (path) => {
  test('links to files and headings that are there', () => {
    for (const [, file = '', anchor] of read(path).matchAll(/\]\((?!https?:|#?\))([^)#\s]*)(?:#([^)]+))?\)/g)) {
      const target = file === '' ? path : join(dirname(path), file);
      expect(existsSync(target), `${path} links to ${target}`).toBe(true);
      if (anchor) expect(anchorsOf(target), `${path} links to ${target}#${anchor}`).toContain(anchor);
    }
  });
});

test.each(documents.filter((path) => !path.startsWith('docs/decisions/')))('%s names files that are there', (path) => {
  const named = [
    ...read(path).matchAll(/`((?:docs|functions|infra|packages|test|web)\/[\w./-]+\.(?:tsx?|mjs|json|md|css))`/g),
  ];
  expect(named.map(([, file]) => file!).filter((file) => !/NAME|\*/.test(file) && !existsSync(file))).toEqual([]);
});

test('every document is in the index', () => {
  const index = read('docs/README.md');
  const own = readdirSync('docs').filter((file) => file.endsWith('.md') && file !== 'README.md');
  expect(own.filter((file) => !index.includes(`](${file})`))).toEqual([]);
});

test('the index of decisions names each with its title and a status', () => {
  const index = read('docs/decisions/README.md');
  const rows = [...index.matchAll(/^\| \[(\d+)\]\(([\w-]+\.md)\) (.+) \| (in force|replaced by .+) \|$/gm)];
  const files = readdirSync('docs/decisions').filter((file) => file !== 'README.md');
  expect(rows.map(([, number, file, title]) => [file, `# ${number} ${title}`])).toEqual(
    files.map((file) => [file, read(`docs/decisions/${file}`).split('\n')[0]]),
  );
});

test('package, changelog and citation tell the same version', () => {
  const { version } = packageJson;
  expect(/^## (\d+\.\d+\.\d+)/m.exec(read('CHANGELOG.md'))?.[1]).toBe(version);
  expect(/^version: (.+)$/m.exec(read('CITATION.cff'))?.[1]).toBe(version);
});

describe('from a figure on the page to the line that computes it', () => {
  const path = 'docs/from-figure-to-line.md';
  const rows = read(path)
    .split('\n')
    .filter((line) => line.startsWith('| ') && !line.startsWith('| on the page'))
    .map((line) => line.split(' | ') as [page: string, writes: string, computes: string]);

  test('has a row for the middle of a group', () => {
    expect(rows.filter(([page]) => page.includes('Mitte bei 45 Punkten'))).toHaveLength(1);
  });

  test.each(rows)('%s', (page, writes, computes) => {
    const [first] = hops(writes);
    const [second] = hops(computes);
    expect(declares(first!), `${first!.symbol} in ${first!.file}`).toBe(true);
    for (const hop of hops(computes)) expect(declares(hop), `${hop.symbol} in ${hop.file}`).toBe(true);
    // The words on the page stand where the first hop leads, but for the numbers in them.
    const [, quoted] = /„([^“]+)“/.exec(page) ?? [];
    const words = (quoted ?? '').split(/[\d\s]+/).filter((word) => /^[a-zäöüß]{5,}$/i.test(word));
    const written = read(first!.file);
    expect(words.some((word) => written.includes(word)) || words.length === 0, `${quoted} in ${first!.file}`).toBe(
      true,
    );
    // The second is part of the program: something beside its own file uses it.
    expect(users(second!.symbol, second!.file), second!.symbol).not.toEqual([]);
  });

  interface Hop {
    symbol: string;
    file: string;
  }
  const hops = (cell: string): Hop[] =>
    [...cell.matchAll(/\[`(\w+)`\]\(([^)]+)\)/g)].map(([, symbol, file]) => ({
      symbol: symbol!,
      file: join('docs', file!),
    }));
  const declares = ({ symbol, file }: Hop) =>
    new RegExp(`^export (async )?(function|const) ${symbol}\\b`, 'm').test(read(file));
  const sources = ['packages', 'functions'].flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((file) => /\.tsx?$/.test(file))
      .map((file) => ({ file: join(folder, file), text: read(join(folder, file)) })),
  );
  const users = (symbol: string, file: string) =>
    sources.filter((source) => source.file !== file && new RegExp(`\\b${symbol}\\(`).test(source.text));
});

/** The anchors of a page's headings, as GitHub makes them. */
function anchorsOf(path: string): string[] {
  return [...read(path).matchAll(/^#+ (.+)$/gm)].map(([, heading]) =>
    heading!
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
      .replaceAll(' ', '-'),
  );
}
