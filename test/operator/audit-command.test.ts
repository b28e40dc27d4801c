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
  releaseId = (await publish(deps, { instrument: 'egovernment.1', cutoffOn: '2025-12-31' })).manifest.releaseId;
  await context.close();
});

describe('npm run audit', () => {
  it('prints what it tried and ends with 0 where it finds no break', async () => {
    const { code, out } = await run('--release', releaseId);
    expect(out).toContain(`Audit of ${releaseId}`);
    expect(out).toContain('subtraction of any two versions');
    expect(out).toContain('71 entries');
    expect(out).toContain('No break was found');
    expect(code).toBe(0);
    expect((await run('--instrument', 'egovernment.1', '--seconds', '2')).out).toContain(releaseId);
  });

  it('ends with 1 and one sentence where it cannot run', async () => {
    expect(await run('--release', 'egovernment.1-2020-01-01-00000000')).toEqual({
      code: 1,
      out: '',
      err: 'There is no release egovernment.1-2020-01-01-00000000.\n',
    });
    expect((await run()).err).toContain('--release is missing.');
    expect((await run('--release', releaseId, '--seconds', 'x')).code).toBe(1);
    expect((await run('--relase', releaseId)).err).toContain('--relase');
  });

  it('ends with 2 where a figure was changed behind its back', async () => {
    const context = await openContext(places());
    const cell = await context.stores.releases.cell(releaseId, 'all');
    if (cell?.state !== 'published') throw new Error('suppressed');
    const [dimension] = Object.keys(cell.dimensions);
    const cuts = [{ permille: 100, value: 1 }];
    const dimensions = { ...cell.dimensions, [dimension!]: { state: 'published' as const, cuts } };
    await context.stores.releases.writeCell(releaseId, { ...cell, dimensions });
    await context.close();
    const { code, out } = await run('--release', releaseId);
    expect(out).toContain('BREAK (rule 4');
    expect(out).toContain('must not be published');
    expect(code).toBe(2);
  });
});
