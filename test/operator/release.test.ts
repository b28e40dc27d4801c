import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { beforeAll, describe, expect, it } from 'vitest';
import { listedIn } from '#contracts/release';
import { filePath } from '#contracts/release-file';
import { openContext } from '#functions/local/context';
import { writeDemoState } from '#functions/local/data-folder';
import { main } from '#functions/operator/release';
import { houses } from '../publish/publishing.ts';

let data: string;
/** A data folder marked as one of invented data. */
let invented: string;

async function runIn(folder: string, ...argv: string[]) {
  const out = new PassThrough();
  const err = new PassThrough();
  const code = await main([...argv, '--data', folder, '--instruments', 'test/fixtures/instruments'], {}, { out, err });
  out.end();
  err.end();
  return { code, out: await text(out), err: await text(err) };
}
const run = (...argv: string[]) => runIn(data, ...argv);

const opened = (dataFolder: string) =>
  openContext({ dataFolder, instrumentFolders: ['test/fixtures/instruments'], tablePrefix: 'sektorspiegel' });

async function fileOf(releaseId: string, name: string, folder = data): Promise<string> {
  const context = await opened(folder);
  try {
    return new TextDecoder().decode(await context.stores.files.get(filePath(releaseId, name)));
  } finally {
    await context.close();
  }
}

beforeAll(async () => {
  data = await mkdtemp(join(tmpdir(), 'release-command-'));
  invented = await mkdtemp(join(tmpdir(), 'release-invented-'));
  await fill(data);
  await writeDemoStateIn(invented);
  await fill(invented);
});

async function writeDemoStateIn(folder: string): Promise<void> {
  await (await opened(folder)).close();
  await writeDemoState(folder, 'embedded', { state: 'seeding' });
}

async function fill(folder: string): Promise<void> {
  const context = await opened(folder);
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
    scores: place === 63 ? { services: 5 } : scores(place),
  }));
  for (const submission of submissions) await context.stores.submissions.put(submission);
  await context.close();
}

describe('npm run release', () => {
  it('shows in a dry run what would be published and why not, and draws and writes nothing', async () => {
    const { code, out } = await run('--instrument', 'egovernment.1', '--cutoff', '2025-12-31', '--dry-run');
    expect(code).toBe(0);
    expect(out).toMatch(/all +n = +63 +published/);
    expect(out).toMatch(/sector=asia +n = +12 +suppressed \(too-few\)/);
    expect(out).toContain('Left out: 1 incomplete, 0 under review.');
    expect(out).toContain('Dry run: nothing was drawn or written.');
    expect(out).not.toContain('sector=oceania ');
    const again = await run('--instrument', 'egovernment.1', '--cutoff', '2025-12-31', '--dry-run');
    expect(again.out).toBe(out);
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
    const manifest = await manifestOf(data, releaseId!);
    expect(manifest?.marks).toEqual({ isTrial: false, isInvented: false, hasKnownKey: false });
  });

  it('corrects words under a new id, and takes a release down, each for good', async () => {
    const [former] = await listed(data);
    const words = ['--instrument', 'egovernment.1', '--replaces', former!, '--erratum', 'A label was wrong.'];
    const { code, out } = await run(...words);
    expect([code, out]).toEqual([0, expect.stringMatching(/^Release \S+ is in force\./)]);
    const [erratum, ...more] = await listed(data);
    expect([erratum === former, more]).toEqual([false, []]);
    expect(await fileOf(erratum!, 'CHANGELOG.md')).toContain('A label was wrong.');
    expect((await run('--take-down', former!)).err).toBe(`There is no release ${former} that is given out.\n`);
    expect((await run('--take-down', erratum!)).out).toContain(`Release ${erratum} is taken down`);
    expect(await listed(data)).toEqual([]);
    // Figures that were read once count on.
    expect((await run('--instrument', 'egovernment.1', '--cutoff', '2026-03-01')).err).toContain('180 days apart');
  });

  it('takes a known key for invented data only, and says so in the release', async () => {
    const keyFile = join(data, 'key');
    await writeFile(
      keyFile,
      Uint8Array.from({ length: 32 }, (_, place) => place),
    );
    const asked = ['--instrument', 'egovernment.1', '--key-file', keyFile];
    expect(await run(...asked)).toMatchObject({ code: 1, err: 'A known key is for a trial policy only.\n' });
    for (const cutoff of ['2025-12-30', '2025-12-31'])
      expect((await runIn(invented, ...asked, '--cutoff', cutoff)).code).toBe(0);
    const [second, first] = await listed(invented);
    const { marks } = (await manifestOf(invented, second!))!;
    expect(marks).toEqual({ isTrial: true, isInvented: true, hasKnownKey: true });
    // The same key draws the same for the same cut-off alone: its date is part of every figure's name.
    expect(await fileOf(second!, 'percentiles.csv', invented)).not.toBe(
      await fileOf(first!, 'percentiles.csv', invented),
    );
  });

  it.each([
    [['--instrument', 'none.1'], /^The instrument "none.1" is unknown\.\n$/],
    [['--instrument', 'egovernment.1', '--cutoff', 'soon'], /^The cut-off "soon" is not a date/],
    [['--instrument', 'egovernment.1', '--replaces', 'egovernment.1-2001-01-01-00000000'], /^There is no release/],
    [[], /--instrument is missing/],
    [['--frce'], /--frce/],
    [
      ['--instrument', 'egovernment.1', '--take-down', 'egovernment.1-2001-01-01-00000000'],
      /^--take-down stands alone/,
    ],
    [['--take-down', 'egovernment.1-2001-01-01-00000000'], /^There is no release/],
    [['--instrument', 'egovernment.1', '--draw-anew'], /^--draw-anew needs --replaces/],
    [['--instrument', 'egovernment.1', '--key-file', 'nowhere'], /^--key-file nowhere cannot be read/],
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

async function listed(folder: string): Promise<string[]> {
  const context = await opened(folder);
  try {
    return listedIn(await context.stores.releases.head('egovernment.1'));
  } finally {
    await context.close();
  }
}

async function manifestOf(folder: string, releaseId: string) {
  const context = await opened(folder);
  try {
    return await context.stores.releases.manifest(releaseId);
  } finally {
    await context.close();
  }
}
