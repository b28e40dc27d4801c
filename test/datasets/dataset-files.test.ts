import { unzipSync } from 'fflate';
import { afterEach, expect, test } from 'vitest';
import type { Share } from '#contracts/release';
import { datasetFiles } from '#datasets/dataset-files';
import { sha256Hex } from '#store/hashes';
import { scoresInstrument } from '../benchmark/rosters.ts';
import { aRelease, aSmallRelease, RELEASE_ID, sumsOf, textOf } from './a-release.ts';

const input = aSmallRelease();
const files = await datasetFiles(input);

test('a release has these files', () => {
  expect(files.map(({ path, mediaType }) => `${path}: ${mediaType}`)).toEqual([
    'percentiles.csv: text/csv; charset=utf-8; header=present',
    'percentiles.parquet: application/vnd.apache.parquet',
    'items.csv: text/csv; charset=utf-8; header=present',
    'items.parquet: application/vnd.apache.parquet',
    'questions.csv: text/csv; charset=utf-8; header=present',
    'reliability.csv: text/csv; charset=utf-8; header=present',
    'reliability.parquet: application/vnd.apache.parquet',
    'correlations.csv: text/csv; charset=utf-8; header=present',
    'correlations.parquet: application/vnd.apache.parquet',
    'change.csv: text/csv; charset=utf-8; header=present',
    'change.parquet: application/vnd.apache.parquet',
    'composition.csv: text/csv; charset=utf-8; header=present',
    'codes.csv: text/csv; charset=utf-8; header=present',
    'datapackage.json: application/json',
    'codebook.html: text/html; charset=utf-8',
    'codebook.json: application/json',
    'method.md: text/markdown; charset=utf-8',
    'fieldwork.md: text/markdown; charset=utf-8',
    'CHANGELOG.md: text/markdown; charset=utf-8',
    'CITATION.cff: application/yaml; charset=utf-8',
    'datacite.json: application/json',
    'LICENSE.md: text/markdown; charset=utf-8',
    'schema-org.jsonld: application/ld+json',
    'dcat-ap.jsonld: application/ld+json',
    'SHA256SUMS: text/plain; charset=utf-8',
    `${RELEASE_ID}.zip: application/zip`,
  ]);
});

test('an instrument that takes scores alone has no tables of items, questions and reliability', async () => {
  const names = (await datasetFiles(aRelease(scoresInstrument))).map(({ path }) => path);
  expect(names).toContain('percentiles.csv');
  expect(names.filter((name) => /^(items|questions|reliability)/.test(name))).toEqual([]);
});

const zone = process.env.TZ;
afterEach(() => {
  if (zone === undefined) delete process.env.TZ;
  else process.env.TZ = zone;
});

test('equal releases give equal bytes: a second time, with cells in another order, in another time zone', async () => {
  expect(sumsOf(await datasetFiles(aSmallRelease()))).toEqual(sumsOf(files));
  expect(sumsOf(await datasetFiles({ ...input, cells: input.cells.toReversed() }))).toEqual(sumsOf(files));
  process.env.TZ = 'Pacific/Auckland';
  expect(new Date(2026, 0, 1).getTimezoneOffset()).toBe(-780);
  expect(sumsOf(await datasetFiles(aSmallRelease()))).toEqual(sumsOf(files));
});

test('the sums cover every file before them, and the zip holds exactly these bytes', () => {
  const [zip, sums, ...others] = files.toReversed();
  expect(new TextDecoder().decode(sums!.bytes)).toBe(
    others
      .toReversed()
      .map(({ path, bytes }) => `${sha256Hex(bytes)}  ${path}\n`)
      .join(''),
  );
  const unzipped = unzipSync(zip!.bytes);
  const inZip = Object.entries(unzipped).map(([path, bytes]) => ({ path, bytes }));
  expect(sumsOf(inZip)).toEqual(sumsOf(files.slice(0, -1)).map(([path, sum]) => [`${RELEASE_ID}/${path}`, sum]));
});

test('the method states the policy of the release', () => {
  const method = textOf(files, 'method.md');
  const { policy, policyHash, codeVersion } = input.manifest;
  for (const words of [
    `smallest isolable set (k) | ${policy.k} |`,
    `| ${policy.minDaysBetweenReleases} |`,
    '| 40 | every 12.5 % |',
    '| 500 | every 1 % |',
    policyHash,
    codeVersion,
    '24 months up to the cut-off date 2026-06-30',
  ])
    expect(method).toContain(words);
});

test('invented data say so wherever the release is named', async () => {
  const demo = { ...input.manifest, policy: { ...input.manifest.policy, stamp: 'demo' as const } };
  const demoFiles = await datasetFiles({ ...input, manifest: demo });
  for (const name of [
    'datapackage.json',
    'codebook.html',
    'method.md',
    'fieldwork.md',
    'CITATION.cff',
    'datacite.json',
  ])
    expect(textOf(demoFiles, name), name).toMatch(/DEMO with invented data/);
  for (const name of ['schema-org.jsonld', 'dcat-ap.jsonld', 'codebook.html', 'datacite.json'])
    expect(textOf(demoFiles, name), name).toMatch(/DEMO mit erfundenen Daten/);
});

test('fieldwork says what the operator states, and what is not known where nothing is stated', async () => {
  const silent = textOf(files, 'fieldwork.md');
  expect(silent).toMatch(/## Channels\n\nNot stated\./);
  expect(silent).toMatch(/## Pretests\n\nNone stated\./);
  expect(silent).toMatch(/is not known/);
  const fieldwork = {
    channels: ['Letter of an association to its members', 'Newsletter'],
    startedOn: '2026-03-01',
    endedOn: '2026-06-30',
    returning: 'About a third had taken part before, by their own account.',
    nonResponse: 'Of the 400 addressed, it is not known who read the letter.',
    pretests: 'Six cognitive interviews.',
  };
  const told = textOf(await datasetFiles({ ...input, facts: { ...input.facts, fieldwork } }), 'fieldwork.md');
  for (const text of Object.values(fieldwork).flat()) expect(told).toContain(text);
});

test('fieldwork tells how many took part twice, in released bands of one date, or that it is withheld', async () => {
  const of = (participations: number, asOf: string) =>
    datasetFiles({
      ...input,
      changes: input.changes!.map((change) =>
        change.state === 'published' ? { ...change, participations, asOf } : change,
      ),
    });
  const [everybody] = input.cells;
  if (everybody?.state !== 'published' || input.changes![0]!.state !== 'published') throw new Error('nothing to tell');
  const { participations, asOf } = everybody;
  expect(textOf(await of(10, asOf), 'fieldwork.md')).toContain(
    `- \`${everybody.group.key}\`: 10 to 14 of ${participations} to ${participations + 4}, as of ${asOf}\n`,
  );
  expect(textOf(await of(10, '2020-01-01'), 'fieldwork.md')).toContain(
    `- \`${everybody.group.key}\`: withheld, or not of one date\n`,
  );
});

test('fieldwork tells the published share of those who lost their code, as a number, a word or withheld', async () => {
  const withShare = (share: Share | null) =>
    datasetFiles({
      ...input,
      cells: input.cells.map((cell) =>
        cell.state === 'published'
          ? { ...cell, questions: { ...cell.questions, 'lost-code': { state: 'published', shares: { yes: share } } } }
          : cell,
      ),
    });
  expect(textOf(await withShare(5), 'fieldwork.md')).toMatch(/- `level=facility`: about 5 %, as of 20/);
  expect(textOf(await withShare('almost-none'), 'fieldwork.md')).toMatch(/- `level=facility`: almost none, as of 20/);
  expect(textOf(await withShare(null), 'fieldwork.md')).toMatch(/- `level=facility`: withheld, as of 20/);
  const unasked = { ...input.instrument, questions: [] };
  expect(textOf(await datasetFiles({ ...input, instrument: unasked }), 'fieldwork.md')).not.toContain('no longer find');
});

test('the changelog names former releases, and an erratum with what it replaces', async () => {
  const former = input.manifest.follows!;
  expect(textOf(files, 'CHANGELOG.md')).toContain(`- ${former}, as of 2025-12-31`);
  const erratum = await datasetFiles({
    ...input,
    manifest: { ...input.manifest, replaces: former },
    facts: { ...input.facts, erratum: 'An import had been counted twice.' },
  });
  const changelog = textOf(erratum, 'CHANGELOG.md');
  expect(changelog).toContain(`Erratum: replaces ${former}. An import had been counted twice.`);
  expect(changelog).toContain(`- ${former}, as of 2025-12-31; replaced by ${RELEASE_ID}`);
});

test('the codebook holds every item, anchor and code in German and English', () => {
  const html = textOf(files, 'codebook.html');
  const json = JSON.parse(textOf(files, 'codebook.json'));
  const escaped = (text: string) =>
    text
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
      .replaceAll('"', '&quot;')
      .replaceAll("'", '&#39;');
  const { items, questions, profile } = input.instrument;
  const texts = [
    ...items.flatMap(({ title, question, anchors }) => [title, question, ...anchors]),
    ...questions.flatMap(({ question, codes }) => [question, ...codes.map(({ label }) => label)]),
    ...profile.flatMap(({ question, codes }) => [question, ...codes.map(({ label }) => label)]),
  ];
  for (const { de, en } of texts) {
    expect(html).toContain(escaped(de));
    expect(html).toContain(escaped(en));
  }
  expect(json.instrument.items.map(({ id }: { id: string }) => id)).toEqual(items.map(({ id }) => id));
  expect(json.instrument.items[0].anchors[4]).toEqual({ level: 4, text: items[0]!.anchors[4] });
  expect(json.tables.map(({ name }: { name: string }) => name)).toContain('percentiles');
});
