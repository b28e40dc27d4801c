import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { beforeAll, describe, expect, it } from 'vitest';
import { filePath } from '#contracts/release-file';
import { openContext } from '#functions/local/context';
import { main } from '#functions/operator/release';
import { houses } from '../publish/publishing.ts';

let data: string;

async function run(...argv: string[]) {
  const out = new PassThrough();
  const err = new PassThrough();
  const code = await main([...argv, '--data', data, '--instruments', 'test/fixtures/instruments'], {}, { out, err });
  out.end();
  err.end();
  return { code, out: await text(out), err: await text(err) };
}

async function fileOf(releaseId: string, name: string): Promise<string> {
  const context = await openContext({
    dataFolder: data,
    instrumentFolders: ['test/fixtures/instruments'],
    tablePrefix: 'sektorspiegel',
  });
  try {
    return new TextDecoder().decode(await context.stores.files.get(filePath(releaseId, name)));
  } finally {
    await context.close();
  }
}

beforeAll(async () => {
  data = await mkdtemp(join(tmpdir(), 'release-command-'));
  const context = await openContext({
    dataFolder: data,
    instrumentFolders: ['test/fixtures/instruments'],
    tablePrefix: 'sektorspiegel',
  });
  const profile = (sector: string) => ({ sector, size: 'high', region: 'western-europe' });
  const scores = (place: number) => ({
    participation: (place * 7) % 101,
    services: (place * 11) % 101,
    infrastructure: (place * 13) % 101,
    humancapital: (place * 17) % 101,
  });
  const submissions = [
    ...houses('a', 40, { profile: profile('europe') }),
    ...houses('b', 12, { profile: profile('asia') }),
    ...houses('c', 12, { profile: profile('africa') }),
  ].map((submission, place) => ({
    ...submission,
    instrument: 'egovernment.1',
    conductedOn: '2025-06-01',
    acceptedAt: '2025-06-02T00:00:00.000Z',
    scores: scores(place),
  }));
  for (const submission of submissions) await context.stores.submissions.put(submission);
  await context.close();
});

describe('npm run release', () => {
  it('shows in a dry run what would be published and why not, and writes nothing', async () => {
    const { code, out } = await run('--instrument', 'egovernment.1', '--cutoff', '2025-12-31', '--dry-run');
    expect(code).toBe(0);
    expect(out).toMatch(/all +n = +64 +fresh/);
    expect(out).toMatch(/sector=asia +n = +12 +suppressed \(too-few-invited\)/);
    expect(out).toContain('Dry run: nothing was written.');
    expect(out).not.toContain('sector=oceania ');
    const again = await run('--instrument', 'egovernment.1', '--cutoff', '2025-12-31', '--dry-run');
    const cells = (output: string) => output.split('\n').slice(1);
    expect(cells(again.out)).toEqual(cells(out));
  });

  it('publishes, says what is in force, and keeps cut-offs apart', async () => {
    const fieldwork = join(data, 'fieldwork.json');
    await writeFile(
      fieldwork,
      JSON.stringify({ channels: ['Letter to all'], startedOn: '2025-05-01', pretests: 'Two.' }),
    );
    const { code, out } = await run(
      ...['--instrument', 'egovernment.1', '--cutoff', '2025-12-31'],
      ...['--doi', '10.5072/e-gov.1', '--fieldwork', fieldwork],
    );
    expect(code).toBe(0);
    expect(out).toMatch(
      /Release egovernment\.1-2025-12-31-[0-9a-f]{8} is in force\. The next is due from 2026-06-29\./,
    );
    const [, releaseId] = /Release (\S+) is in force/.exec(out)!;
    expect(await fileOf(releaseId!, 'CITATION.cff')).toContain('doi: "10.5072/e-gov.1"');
    expect(JSON.parse(await fileOf(releaseId!, 'datacite.json'))).toMatchObject({ doi: '10.5072/e-gov.1' });
    const stated = await fileOf(releaseId!, 'fieldwork.md');
    expect(stated).toContain('- Letter to all');
    expect(stated).toContain('from 2025-05-01 to (not stated)');
    expect(stated).toContain('Two.');
    const second = await run('--instrument', 'egovernment.1', '--cutoff', '2026-03-01');
    expect(second).toEqual({
      code: 1,
      out: '',
      err: 'Cut-offs lie at least 180 days apart; the next may be 2026-06-29 at the earliest.\n',
    });
  });

  it.each([
    [['--instrument', 'none.1'], /^The instrument "none.1" is unknown\.\n$/],
    [['--instrument', 'egovernment.1', '--cutoff', 'soon'], /^The cut-off "soon" is not a date/],
    [['--instrument', 'egovernment.1', '--replaces', 'egovernment.1-2001-01-01-00000000'], /^There is no release/],
    [[], /--instrument is missing/],
    [['--frce'], /--frce/],
    [
      ['--instrument', 'egovernment.1', '--doi', 'https://doi.org/10.5072/x'],
      /^--doi: a DOI such as 10\.5072\/abc-1\.\n$/,
    ],
    [['--instrument', 'egovernment.1', '--erratum', 'A cut was wrong.'], /^--erratum needs --replaces\./],
    [['--instrument', 'egovernment.1', '--fieldwork', 'nowhere.json'], /^--fieldwork nowhere\.json is not a JSON file/],
    [['--instrument', 'egovernment.1', '--fieldwork', 'package.json'], /^--fieldwork: .*name/],
  ])('refuses %o in a sentence', async (argv, message) => {
    const { code, err } = await run(...argv);
    expect(code).toBe(1);
    expect(err).toMatch(message);
    expect(err).not.toMatch(/\n\s+at /);
  });
});
