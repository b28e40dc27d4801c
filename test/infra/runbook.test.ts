import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { StageConfiguration } from '../../infra/configuration.ts';
import packageJson from '../../package.json' with { type: 'json' };
import { resourcesOf, synthesize, type Templates } from './synthesized.ts';

/** What whoever deploys and operates is told to type and to look for, held against the program and the templates. */
const documents = [
  ...['docs/deploy.md', 'docs/operations.md', 'docs/publishing.md', 'docs/cost.md'],
  ...readdirSync('docs/privacy').map((file) => `docs/privacy/${file}`),
].map((path) => ({ path, text: readFileSync(path, 'utf8') }));

let templates: Templates;
beforeAll(() => {
  templates = synthesize('prod', { changed: { foldSegments: 16 } });
}, 180_000);

/** Every name that the templates give to something. */
function namesMade(): string[] {
  const named = Object.values(templates).flatMap(({ Resources }) =>
    Object.values(Resources).flatMap(({ Properties }) =>
      Object.entries(Properties).flatMap(([field, value]) =>
        /^(TableName|FunctionName|BucketName|LogGroupName|StateMachineName|DashboardName|AlarmName|Name)$/.test(
          field,
        ) && typeof value === 'string'
          ? [value]
          : [],
      ),
    ),
  );
  const stacks = Object.keys(templates).map((stack) => `Sektorspiegel-prod-${stack}`);
  // What has no name of its own is called after stack and logical id.
  const unnamed = resourcesOf(templates.Service, 'AWS::SQS::Queue').map(([id]) => `Sektorspiegel-prod-Service-${id}`);
  return [...named, ...stacks, ...unnamed];
}

describe.each(documents)('$path', ({ path, text }) => {
  it('names commands of package.json', () => {
    const asked = [...text.matchAll(/npm run (?:-s )?([\w:-]+)/g)].map(([, script]) => script!);
    expect(asked.filter((script) => !Object.hasOwn(packageJson.scripts, script))).toEqual([]);
  });

  it('names tables, functions, buckets, logs and stacks that are made', () => {
    const made = namesMade();
    const said = [
      ...text.matchAll(
        /\/sektorspiegel-(?:prod|dev|<stage>)\/[a-z]+|sektorspiegel-(?:prod|dev|<stage>)-[a-z-]+(?:ACCOUNT)?/g,
      ),
      ...text.matchAll(/Sektorspiegel-(?:prod|dev|<stage>)-[\w-]+/g),
    ].map(([name]) => name.replace(/-(dev|<stage>)/, '-prod').replace('ACCOUNT', '000000000000'));
    const isMade = (name: string) => made.some((one) => one === name || one.replace(/[0-9A-F]{8}$/, '') === name);
    expect(said.filter((name) => !isMade(name))).toEqual([]);
  });

  it('names files that are there, and links to headings that are there', () => {
    const files = [...text.matchAll(/`((?:docs|functions|infra|packages|test)\/[\w./-]+\.\w+)`/g)].map(
      ([, file]) => file!,
    );
    expect(files.filter((file) => !existsSync(file))).toEqual([]);
    for (const [, file, anchor] of text.matchAll(/\]\(([\w./-]+\.md)?(?:#([\w-]+))?\)/g)) {
      const target = file === undefined ? path : join(dirname(path), file);
      expect(existsSync(target), target).toBe(true);
      if (anchor !== undefined) expect(anchorsOf(target), `${target}#${anchor}`).toContain(anchor);
    }
  });
});

it('every setting of a stage is explained in docs/deploy.md, and no other', () => {
  const [, table] = /^\| setting \| \|\n([\s\S]*?)\n\n/m.exec(readFileSync('docs/deploy.md', 'utf8'))!;
  const explained = table!
    .split('\n')
    .flatMap((row) => [...row.split('|')[1]!.matchAll(/`(\w+)`/g)].map(([, name]) => name!));
  expect(explained.sort()).toEqual(Object.keys(StageConfiguration.shape).sort());
});

/** The anchors of a page's headings, as GitHub makes them. */
function anchorsOf(path: string): string[] {
  return [...readFileSync(path, 'utf8').matchAll(/^#+ (.+)$/gm)].map(([, heading]) =>
    heading!
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} -]/gu, '')
      .replaceAll(' ', '-'),
  );
}
