import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { beforeAll, describe, expect, it } from 'vitest';
import { openContext, publishDependencies } from '#functions/local/context';
import { main } from '#functions/operator/audit';
import { publish } from '#functions/publish/publish';
import { houses } from '../publish/publishing.ts';

let data: string;
let releaseId: string;
const places = () => ({
  dataFolder: data,
  instrumentFolders: ['test/fixtures/instruments'],
  tablePrefix: 'sektorspiegel',
});

async function run(...argv: string[]) {
  const out = new PassThrough();
  const err = new PassThrough();
  const code = await main([...argv, '--data', data, '--instruments', 'test/fixtures/instruments'], {}, { out, err });
  out.end();
  err.end();
  return { code, out: await text(out), err: await text(err) };
}

beforeAll(async () => {
  data = await mkdtemp(join(tmpdir(), 'audit-command-'));
  const context = await openContext(places());
  const profile = (sector: string) => ({ sector, size: 'high', region: 'western-europe' });
  const submissions = [
    ...houses('a', 40, { profile: profile('europe') }),
    ...houses('b', 31, { profile: profile('asia') }),
  ].map((submission, place) => ({
    ...submission,
    instrument: 'egovernment.1',
    conductedOn: '2025-06-01',
    acceptedAt: '2025-06-02T00:00:00.000Z',
    scores: {
      participation: (place * 7) % 101,
      services: (place * 11) % 101,
      infrastructure: (place * 13) % 101,
      humancapital: (place * 17) % 101,
    },
  }));
  for (const submission of submissions) await context.stores.submissions.put(submission);
  const deps = publishDependencies(context, { now: () => new Date(), log: () => {} });
  const outcome = await publish(deps, { instrument: 'egovernment.1', cutoffOn: '2025-12-31' });
  if (outcome.state !== 'published') throw new Error(outcome.state);
  releaseId = outcome.manifest.releaseId;
  await context.close();
});

describe('npm run audit', () => {
  it('says how much it looked at and ends with 0 where it finds no break', async () => {
    const { code, out, err } = await run('--release', releaseId);
    expect(err).toBe('');
    expect(out).toContain(`Audit of ${releaseId}`);
    expect(out).toContain('71 participations');
    expect(out).toContain('No break was found');
    expect(code).toBe(0);
    expect((await run('--instrument', 'egovernment.1')).out).toContain(releaseId);
  });

  it('ends with 1 and one sentence where it cannot run', async () => {
    expect(await run('--release', 'egovernment.1-2020-01-01-00000000')).toEqual({
      code: 1,
      out: '',
      err: 'There is no release egovernment.1-2020-01-01-00000000 that is given out.\n',
    });
    expect((await run()).err).toContain('--release is missing.');
    expect((await run('--instrument', 'digitalcheck.1')).err).toBe('digitalcheck.1 has no release yet.\n');
    expect((await run('--relase', releaseId)).err).toContain('--relase');
  });

  it('ends with 2 where a file or a figure was changed behind its back', async () => {
    const context = await openContext(places());
    const { files, releases } = context.stores;
    await files.put(`releases/${releaseId}/percentiles.csv`, new TextEncoder().encode('other'));
    const cell = await releases.cell(releaseId, 'all');
    if (cell?.state !== 'published') throw new Error('suppressed');
    const far = cell.dimensions.overall!.map(({ permille }) => ({ permille, value: 0 }));
    await releases.writeCell(releaseId, { ...cell, dimensions: { ...cell.dimensions, overall: far } });
    await context.close();
    const { code, out } = await run('--release', releaseId);
    expect(out).toContain('BREAK (rule 9): percentiles.csv is not the file that the list names');
    expect(out).toContain('BREAK (rule 5): level of all: overall|900 is 0');
    expect(out).toContain('must not be given out');
    expect(code).toBe(2);
  });
});
