import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { StageConfiguration } from '../../infra/configuration.ts';
import packageJson from '../../package.json' with { type: 'json' };
import { cliCommands } from './cli-commands.ts';
import { askedCommands, DOCUMENTS, RECORDED } from './recorded.ts';
import { resourcesOf, synthesize, type Templates } from './synthesized.ts';

/** What whoever deploys and operates is told to type and to look for, held against the program, the templates and the CLI. */
const documents = DOCUMENTS.map((path) => ({ path, text: readFileSync(path, 'utf8') }));
const recorded = JSON.parse(readFileSync(RECORDED, 'utf8')) as Record<string, unknown>;

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

describe('every command of the AWS CLI', () => {
  it('is one that the CLI understood, and none is recorded that nobody types', async () => {
    const typed = documents.flatMap(({ text }) => cliCommands(text));
    expect(typed.length).toBeGreaterThan(30);
    expect([...new Set([...typed, ...(await askedCommands())])].sort()).toEqual(Object.keys(recorded).sort());
  });

  it('finds with its query what the answer holds', () => {
    const asking = Object.entries(recorded).filter(([command]) => command.includes('--query'));
    expect(asking.length).toBeGreaterThan(2);
    for (const [command, answer] of asking) expect(answer, command).not.toBeNull();
  });

  it('takes from the runbook all that a restored table lacks of the template', () => {
    const commands = Object.keys(recorded);
    const restored = (start: string, end: string) =>
      commands
        .filter((one) => one.startsWith(start) && one.endsWith(end))
        .map((one) => /--table-name (\S+)/.exec(one)![1]!);
    const tables = resourcesOf(templates.Data, 'AWS::DynamoDB::Table').map(([, { Properties }]) => Properties);
    const namesOf = (those: typeof tables) => those.map(({ TableName }) => TableName as string).sort();
    expect(restored('aws dynamodb update-continuous-backups', 'PointInTimeRecoveryEnabled=true')).toEqual(
      namesOf(tables),
    );
    expect(restored('aws dynamodb update-table', ' --deletion-protection-enabled')).toEqual(namesOf(tables));
    const living = tables.filter(({ TimeToLiveSpecification }) => TimeToLiveSpecification);
    for (const { TimeToLiveSpecification } of living)
      expect(
        restored(
          'aws dynamodb update-time-to-live',
          `Enabled=true,AttributeName=${TimeToLiveSpecification.AttributeName}`,
        ),
      ).toEqual(namesOf(living));
  });
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
