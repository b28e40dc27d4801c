import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Manifest } from '#contracts/release';
import { type PublishDependencies, publish } from '#functions/publish/publish';
import { PublishError } from '#functions/publish/publish-error';
import { canonicalJson } from '#store/hashes';
import { house, houses, publishing } from './publishing.ts';

let service: Awaited<ReturnType<typeof publishing>>;
beforeEach(async () => {
  service = await publishing();
  await service.submit(
    ...houses('a', 60, { profile: { sector: 'a', size: 's' } }),
    ...houses('b', 45, { profile: { sector: 'b', size: 'l' } }),
    ...houses('c', 12, { profile: { sector: 'c', size: 'l' } }),
    ...houses('d', 11, { profile: { sector: 'd', size: 'l' } }),
  );
});
afterEach(() => service.close());

const request = { instrument: 'probe.1', cutoffOn: '2026-03-31' };

async function bytesOf(deps: PublishDependencies, manifest: Manifest) {
  const cells = await Promise.all(manifest.cells.map(({ key }) => deps.releases.cell(manifest.releaseId, key)));
  return canonicalJson({
    manifest: await deps.releases.manifest(manifest.releaseId),
    cells,
    ledger: await deps.ledger.read(manifest.releaseId),
  });
}

describe('publish', () => {
  it('publishes the cells the policy allows and puts the release in force', async () => {
    const { manifest, report } = await publish(service.deps, request);
    expect(await service.deps.releases.head('probe.1')).toMatchObject({ releases: [manifest.releaseId] });
    expect(Object.fromEntries(manifest.cells.map((cell) => [cell.key, cell.state]))).toEqual({
      all: 'published',
      'sector=a': 'published',
      'sector=b': 'published',
      'sector=c': 'suppressed',
      'sector=d': 'suppressed',
    });
    expect(report.lines.find(({ key }) => key === 'sector=c')).toMatchObject({ n: 12, cause: 'too-few-invited' });
    expect(await service.deps.releases.cell(manifest.releaseId, 'sector=c')).toEqual({
      group: { key: 'sector=c', where: { sector: 'c' } },
      state: 'suppressed',
      reason: 'protection',
    });
    const all = await service.deps.releases.cell(manifest.releaseId, 'all');
    expect(all).toMatchObject({ participations: 125, asOf: '2026-03-31', isCarriedForward: false });
    expect(manifest.nextReleaseOn).toBe('2026-09-27');
  });

  it('keeps a disclosure report for the operator beside the working files, and nothing else of them', async () => {
    const { manifest, report } = await publish(service.deps, request);
    const path = `work/${manifest.releaseId}/disclosure-report.json`;
    expect(await service.deps.files.list('work/')).toEqual([path]);
    expect(JSON.parse(new TextDecoder().decode(await service.deps.files.get(path)))).toEqual(report);
    const { policyHash, codeVersion, releaseId, cutoffOn } = manifest;
    expect(report).toMatchObject({
      ...{ policyHash, codeVersion, releaseId, cutoffOn },
      groups: { fresh: 3, carried: 0, suppressed: 7, empty: 5 },
      causes: { 'too-few-invited': 2 },
      dimensions: { published: 9, suppressed: 0, causes: {} },
      deferred: 0,
      beyondCure: [],
    });
  });

  it('says what a dry run would do and writes nothing', async () => {
    const dry = await publish(service.deps, { ...request, isDryRun: true });
    expect(dry.state).toBe('dry-run');
    expect(await service.deps.releases.head('probe.1')).toBeUndefined();
    expect(await service.deps.releases.openPlan('probe.1')).toBeUndefined();
    expect(await service.deps.files.list('work/')).toEqual([]);
    const real = await publish(service.deps, request);
    expect(real.report).toEqual(dry.report);
  });

  it('gives the same bytes for any number of segments', async () => {
    const one = await publish({ ...service.deps, segments: 1 }, { ...request, isDryRun: true });
    for (const segments of [7, 64]) {
      const many = await publish({ ...service.deps, segments }, { ...request, isDryRun: true });
      expect(canonicalJson(many.manifest)).toBe(canonicalJson(one.manifest));
    }
  });

  it('leaves the former release in force after a crash at any write, and the re-run ends in the same bytes', async () => {
    const reference = await publishing();
    await reference.submit(...houses('a', 60), ...houses('b', 45, { profile: { sector: 'b', size: 'l' } }));
    const wanted = await bytesOf(reference.deps, (await publish(reference.deps, request)).manifest);

    for (let crashAt = 1; ; crashAt++) {
      // Publishing only reads the log: one is enough for all.
      const fresh = await publishing({ submissions: reference.deps.submissions });
      let writes = 0;
      const crashing = <T extends object>(store: T, names: string[]): T =>
        new Proxy(store, {
          get(target, name) {
            const method = Reflect.get(target, name) as (...parameters: unknown[]) => Promise<unknown>;
            if (!names.includes(String(name))) return method;
            return async (...parameters: unknown[]) => {
              if (++writes === crashAt) throw new Error('crash');
              return method.apply(target, parameters);
            };
          },
        });
      const deps = {
        ...fresh.deps,
        audit: async () => ({ releaseId: '', attempts: [], breaks: [], notices: [] }),
        releases: crashing(fresh.deps.releases, ['begin', 'bindFold', 'writeCell', 'writeManifest', 'flip']),
        ledger: crashing(fresh.deps.ledger, ['write']),
        files: crashing(fresh.deps.files, ['put', 'remove']),
      };
      const first = await publish(deps, request).catch((error: Error) => error);
      if (first instanceof Error) {
        expect(first.message).toBe('crash');
        // A later submission must not enter the re-run of a bound plan; one before the plan's time was settled stays out.
        fresh.clock.now = new Date('2026-04-02T00:05:00.000Z');
      }
      const isCrashAfterFlip = (await fresh.deps.releases.head('probe.1')) !== undefined;
      if (first instanceof Error && !isCrashAfterFlip) {
        expect(
          await fresh.deps.releases.cell(
            (await fresh.deps.releases.openPlan('probe.1'))?.plan.releaseId ?? 'probe.1-2026-03-31-00000000',
            'all',
          ),
        ).toBeUndefined();
        const again = await publish(fresh.deps, request);
        const hasPlan = crashAt > 1;
        if (hasPlan) expect(await bytesOf(fresh.deps, again.manifest)).toBe(wanted);
      }
      await fresh.close();
      if (!(first instanceof Error)) {
        expect(crashAt).toBeGreaterThan(10);
        break;
      }
    }
    await reference.close();
  }, 300_000);

  it('does not mix two publishers at once: both end in one release', async () => {
    const [one, two] = await Promise.all([publish(service.deps, request), publish(service.deps, request)]);
    expect(one.manifest.releaseId).toBe(two.manifest.releaseId);
    expect((await service.deps.releases.head('probe.1'))?.releases).toHaveLength(1);
  });

  it('gives way to a publisher with another plan', async () => {
    const outcomes = await Promise.allSettled([
      publish(service.deps, request),
      publish({ ...service.deps, codeVersion: 'other' }, { ...request, cutoffOn: '2026-03-30' }),
    ]);
    const head = await service.deps.releases.head('probe.1');
    expect(head?.releases).toHaveLength(1);
    const published = outcomes.filter((outcome) => outcome.status === 'fulfilled');
    expect(published).toHaveLength(1);
    for (const outcome of outcomes)
      if (outcome.status === 'rejected') expect(outcome.reason).toBeInstanceOf(PublishError);
    const manifest = await service.deps.releases.manifest(head!.releases[0]!);
    for (const { key } of manifest!.cells) {
      const cell = await service.deps.releases.cell(manifest!.releaseId, key);
      if (cell?.state === 'published') expect(cell.asOf).toBe(manifest!.cutoffOn);
    }
  });

  it('honours a withdrawal that comes while it is at work', async () => {
    let withdrawn = false;
    const ledger: typeof service.deps.ledger = {
      read: service.deps.ledger.read,
      async write(entries) {
        if (!withdrawn) {
          withdrawn = true;
          await service.deps.submissions.withdraw(house('a', 0).organisation, '2026-04-02T00:01:00.000Z');
        }
        await service.deps.ledger.write(entries);
      },
    };
    const { manifest, report } = await publish({ ...service.deps, ledger }, request);
    expect(report.lines.find(({ key }) => key === 'all')?.n).toBe(127);
    const { entries } = await service.deps.ledger.read(manifest.releaseId);
    expect(entries.map(({ organisation }) => organisation)).not.toContain(house('a', 0).organisation);
    expect(service.logged).toContainEqual(expect.objectContaining({ event: 'discarded', reason: 'withdrawal' }));
  });

  it('keeps what was stated when a publication that was interrupted is run again', async () => {
    const stated = { doi: '10.5072/probe.1', fieldwork: { channels: ['A letter'] } };
    const down = () => Promise.reject(new Error('down'));
    const broken = { ...service.deps, releases: { ...service.deps.releases, flip: down } };
    await expect(publish(broken, { ...request, stated })).rejects.toThrow('down');
    const { manifest } = await publish(service.deps, request);
    const text = async (name: string) =>
      new TextDecoder().decode(await service.deps.files.get(`releases/${manifest.releaseId}/${name}`));
    expect(await text('datacite.json')).toContain('"doi": "10.5072/probe.1"');
    expect(await text('fieldwork.md')).toContain('- A letter');
  });

  it('makes way for a new attempt when the bound fold is damaged', async () => {
    const { files, releases } = service.deps;
    const crashing = {
      ...service.deps,
      ledger: { ...service.deps.ledger, write: async () => Promise.reject(new Error('crash')) },
    };
    await expect(publish(crashing, request)).rejects.toThrow('crash');
    const open = await releases.openPlan('probe.1');
    await files.put(`work/${open!.plan.releaseId}/fold-${open!.fold}.json`, new Uint8Array([123]));
    const { manifest } = await publish(service.deps, request);
    expect(manifest.releaseId).not.toBe(open!.plan.releaseId);
    expect(await releases.manifest(open!.plan.releaseId)).toBeUndefined();
    expect(await files.list(`releases/${open!.plan.releaseId}/`)).toEqual([]);
  });

  it('counts the codes of a corrected version by their names, not by their order', async () => {
    const first = service.deps.instruments.get('probe.1')!;
    const reversed = {
      ...first,
      id: 'probe.1.1',
      profile: first.profile.map((attribute) => ({ ...attribute, codes: attribute.codes.toReversed() })),
      dimensions: first.dimensions.toReversed(),
    };
    const deps = {
      ...service.deps,
      instruments: new Map([
        [reversed.id, reversed],
        ['probe.1', first],
      ]),
    };
    await service.submit(...houses('n', 20, { instrument: 'probe.1.1', profile: { sector: 'c', size: 's' } }));
    const dry = await publish(deps, { ...request, instrument: 'probe.1.1', isDryRun: true });
    const levels = dry.report.lines.filter(({ key }) => !key.endsWith(',measure=change'));
    expect(Object.fromEntries(levels.map(({ key, n }) => [key, n]))).toEqual({
      all: 148,
      'sector=a': 60,
      'sector=b': 45,
      'sector=c': 32,
      'sector=d': 11,
    });
  });

  it('leaves no answers behind: the work files are gone after the flip', async () => {
    await publish(service.deps, request);
    const [report, ...others] = await service.deps.files.list('work/');
    expect(others).toEqual([]);
    const kept = new TextDecoder().decode(await service.deps.files.get(report!));
    for (const { organisation, key } of [house('a', 3), house('b', 5)]) {
      expect(kept).not.toContain(organisation);
      expect(kept).not.toContain(key);
    }
  });

  it('carries what too few changed, byte for byte, and refreshes the rest', async () => {
    const first = await publish(service.deps, request);
    await service.submit(
      ...houses('new', 11, {
        profile: { sector: 'b', size: 's' },
        conductedOn: '2026-06-01',
        acceptedAt: '2026-06-01T08:00:00.000Z',
      }),
    );
    service.clock.now = new Date('2026-10-02T00:00:00.000Z');
    const second = await publish(service.deps, { instrument: 'probe.1', cutoffOn: '2026-09-30' });
    const state = (manifest: Manifest, key: string) => manifest.cells.find((cell) => cell.key === key);
    expect(state(second.manifest, 'sector=a')).toMatchObject({ isCarriedForward: true, asOf: '2026-03-31' });
    expect(state(second.manifest, 'sector=b')).toMatchObject({ isCarriedForward: false, asOf: '2026-09-30' });
    const before = await service.deps.releases.cell(first.manifest.releaseId, 'sector=a');
    const after = await service.deps.releases.cell(second.manifest.releaseId, 'sector=a');
    expect(canonicalJson({ ...after, isCarriedForward: null })).toBe(
      canonicalJson({ ...before, isCarriedForward: null }),
    );
  });

  it.each([
    [{ instrument: 'none.1' }, /instrument "none.1" is unknown/],
    [{ instrument: 'probe.1', cutoffOn: '2026-13-01' }, /not a date/],
    [{ instrument: 'probe.1', cutoffOn: '2026-02-30' }, /not a date/],
    [{ instrument: 'probe.1', cutoffOn: '2026-04-02' }, /not past/],
    [{ instrument: 'probe.1', cutoffOn: '2026-03-31', replaces: 'probe.1-2020-01-01-00000000' }, /no release/],
  ])('refuses %o', async (bad, message) => {
    await expect(publish(service.deps, bad)).rejects.toThrow(message);
  });

  it('keeps cut-offs rising and apart; an erratum may repeat one', async () => {
    const { manifest } = await publish(service.deps, request);
    service.clock.now = new Date('2026-12-01T00:00:00.000Z');
    await expect(publish(service.deps, request)).rejects.toThrow(/must lie after/);
    await expect(publish(service.deps, { ...request, cutoffOn: '2026-09-26' })).rejects.toThrow(
      /2026-09-27 at the earliest/,
    );
    const erratum = await publish(service.deps, { ...request, replaces: manifest.releaseId });
    expect(erratum.manifest).toMatchObject({ replaces: manifest.releaseId, follows: manifest.releaseId });
  });
});
