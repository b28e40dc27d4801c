import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const folder = 'docs/privacy';
const documents = readdirSync(folder).map((file) => ({ file, text: readFileSync(`${folder}/${file}`, 'utf8') }));
const rowsOf = (file: string) =>
  readFileSync(`${folder}/${file}`, 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('| ') && !/^\| (what|threat|---)/.test(line))
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );

/** What the tests of a file are called. */
const titlesIn = (source: string) =>
  [
    ...source.matchAll(
      /\b(?:it|test|describe)(?:\.each\([\s\S]*?\))?\(\s*(?:'((?:[^'\\]|\\.)*)'|"([^"]*)"|`([^`]*)`)/g,
    ),
  ].map(([, ...quoted]) => quoted.find((title) => title !== undefined)!);

describe('the data protection pack', () => {
  it.each(documents)('$file names files that exist', ({ text }) => {
    const named = [...text.matchAll(/`((?:test|functions|packages|infra)\/[\w./-]+\.tsx?)`/g)].map(([, path]) => path!);
    expect(named.filter((path) => !existsSync(path))).toEqual([]);
    const linked = [...text.matchAll(/\]\(([\w./-]+\.md)(?:#[\w-]+)?\)/g)].map(([, path]) => path!);
    expect(linked.filter((path) => !existsSync(`${folder}/${path}`))).toEqual([]);
  });

  it.each(documents)('$file names tests that are there: files with tests in them, and titles of theirs', ({ text }) => {
    for (const [, path, titles = ''] of text.matchAll(/`(test\/[\w./-]+\.ts)`(?: \(("[^)]*")\))?/g)) {
      const source = readFileSync(path!, 'utf8');
      expect(source, path).toMatch(/^\s*(it|test|describe)\b/m);
      for (const [, title] of titles.matchAll(/"([^"]+)"/g))
        expect(titlesIn(source).join('\n'), path).toContain(title!);
    }
    // A title in another form than the one above would be looked for by nobody.
    const stray = text.replaceAll(/`test\/[\w./-]+\.ts`(?: \("[^)]*"\))?/g, '').match(/\("[^)]*"\)/g);
    expect(stray).toBeNull();
  });

  it('every threat and every retention has a test', () => {
    for (const [file, column] of [
      ['threat-model.md', 3],
      ['retention.md', 3],
    ] as const) {
      const rows = rowsOf(file);
      expect(rows.length).toBeGreaterThan(10);
      expect(rows.filter((cells) => !/`test\/[\w./-]+\.ts`/.test(cells[column] ?? '')).map(([name]) => name)).toEqual(
        [],
      );
    }
  });

  it('says the months that the code counts', () => {
    const [, months] = /(\d+) months from acceptance/.exec(readFileSync(`${folder}/retention.md`, 'utf8'))!;
    const source = readFileSync('functions/api/submissions.ts', 'utf8');
    expect(source).toContain(`KEPT_MONTHS = ${months};`);
  });
});
