import { unzipSync } from 'fflate';
import { afterEach, expect, test } from 'vitest';
import { isPublished } from '#contracts/released-cell';
import { datasetFiles } from '#datasets/dataset-files';
import type { DatasetInput } from '#datasets/dataset-input';
import { sha256Hex } from '#store/hashes';
import { scoresInstrument } from '../microdata/probe.ts';
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
    'questions.parquet: application/vnd.apache.parquet',
    'change.csv: text/csv; charset=utf-8; header=present',
    'change.parquet: application/vnd.apache.parquet',
    'composition.csv: text/csv; charset=utf-8; header=present',
    'representativeness.csv: text/csv; charset=utf-8; header=present',
    'standardised.csv: text/csv; charset=utf-8; header=present',
    'codes.csv: text/csv; charset=utf-8; header=present',
    'sdmx.csv: text/csv; charset=utf-8; header=present',
    'sdmx-structure.json: application/json',
    'import.R: text/plain; charset=utf-8',
    'import.do: text/plain; charset=utf-8',
    'import.sps: text/plain; charset=utf-8',
    'datapackage.json: application/json',
    'ddi-codebook.xml: application/xml; charset=utf-8',
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

test('an instrument that takes scores alone has no tables of items and questions', async () => {
  const names = (await datasetFiles(aRelease(scoresInstrument))).map(({ path }) => path);
  expect(names).toContain('percentiles.csv');
  expect(names.filter((name) => /^(items|questions)/.test(name))).toEqual([]);
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
    `participations of a published group, at least | ${policy.minParticipations} |`,
    `days between cut-offs, at least | ${policy.minDaysBetweenReleases} |`,
    '| 40 | the percentiles 25, 50, 75 |',
    '| from n matched | what a group shows of its change |\n| --- | --- |\n| 20 | the percentile 50 |\n| 60 | the percentiles 25, 50, 75 |\n| 200 |',
    '| 200 | every 5 % from 5 to 95 |',
    `sum to at most ${input.manifest.epsilonSum}`,
    policyHash,
    codeVersion,
    '24 months up to the cut-off date 2026-06-30',
  ])
    expect(method).toContain(words);
});

const withMarks = (marks: Partial<DatasetInput['manifest']['marks']>) =>
  datasetFiles({ ...input, manifest: { ...input.manifest, marks: { ...input.manifest.marks, ...marks } } });
const TITLED = ['datapackage.json', 'codebook.html', 'method.md', 'fieldwork.md', 'CITATION.cff', 'datacite.json'];

test('invented data say so wherever the release is named, and real data nowhere', async () => {
  const invented = await withMarks({ isInvented: true });
  for (const name of TITLED) {
    expect(textOf(invented, name), name).toMatch(/Invented sample data/);
    expect(textOf(files, name), name).not.toMatch(/Invented|invented sample/);
  }
  for (const name of ['schema-org.jsonld', 'dcat-ap.jsonld', 'codebook.html', 'datacite.json'])
    expect(textOf(invented, name), name).toMatch(/Erfundene Beispieldaten/);
});

test('a trial release and one with a known key say so', async () => {
  const trial = await withMarks({ isInvented: true, isTrial: true, hasKnownKey: true });
  for (const name of ['method.md', 'fieldwork.md']) {
    expect(textOf(trial, name)).toContain('It was made for trial');
    expect(textOf(trial, name)).toContain('It was drawn with a known key');
    expect(textOf(files, name)).not.toMatch(/for trial: |known key/);
  }
  expect(textOf(trial, 'method.md')).not.toContain('never stored');
  expect(textOf(files, 'method.md')).toContain('never stored');
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

test('fieldwork tells how many took part twice, in released bands, or that it is suppressed', async () => {
  const [everybody] = input.cells;
  const [change] = input.changes;
  if (!isPublished(everybody) || !isPublished(change)) throw new Error('nothing to tell');
  const { participations } = everybody;
  const band = (from: number) => `${from} to ${from + 4}`;
  expect(textOf(files, 'fieldwork.md')).toContain(
    `- \`${everybody.group.key}\`: ${band(change.participations)} of ${band(participations)}\n`,
  );
  const suppressed = { group: change.group, state: 'suppressed', reason: 'protection' } as const;
  const without = await datasetFiles({
    ...input,
    manifest: { ...input.manifest, changes: [suppressed, ...input.manifest.changes.slice(1)] },
    changes: [suppressed, ...input.changes.slice(1)],
  });
  expect(textOf(without, 'fieldwork.md')).toContain(`- \`${everybody.group.key}\`: suppressed\n`);
});

test('fieldwork tells how many were left out, as drawn', async () => {
  const leftOut = [{ unitType: 'facility', incomplete: 25, underReview: 0 }];
  const told = await datasetFiles({ ...input, manifest: { ...input.manifest, leftOut } });
  expect(textOf(told, 'fieldwork.md')).toContain(
    '- `level=facility`: incomplete 25 to 29, under review fewer than 5\n',
  );
});

test('fieldwork tells the published share of those who lost their code, or that it is suppressed', async () => {
  const withShare = (yes: number | null) =>
    datasetFiles({
      ...input,
      cells: input.cells.map((cell) =>
        isPublished(cell)
          ? { ...cell, questions: yes === null ? {} : { 'lost-code': { base: 40, shares: { yes, no: 90 } } } }
          : cell,
      ),
    });
  expect(textOf(await withShare(5), 'fieldwork.md')).toMatch(/- `level=facility`: about 5 %\n/);
  expect(textOf(await withShare(null), 'fieldwork.md')).toMatch(/- `level=facility`: suppressed\n/);
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
  expect(changelog).toContain(
    `Erratum: replaces ${former}. An import had been counted twice. The figures were drawn anew.`,
  );
  expect(changelog).toContain(`- ${former}, as of 2025-12-31; replaced by ${RELEASE_ID}`);
});

test('an erratum of words says for which release its figures were drawn', async () => {
  const former = input.manifest.follows!;
  const history = [{ releaseId: former, cutoffOn: '2025-12-31', replaces: 'digitalcheck.1-2025-12-31-22222222' }];
  const copy = await datasetFiles({
    ...input,
    manifest: { ...input.manifest, replaces: former },
    facts: { ...input.facts, copies: former, history: [{ ...history[0]!, copies: history[0]!.replaces }] },
  });
  expect(textOf(copy, 'CHANGELOG.md')).toContain(`The figures are those drawn for ${former}, unchanged.`);
  expect(textOf(copy, 'CHANGELOG.md')).toContain(
    '; erratum, replaces digitalcheck.1-2025-12-31-22222222; with its figures',
  );
  expect(textOf(copy, 'method.md')).toContain(`its figures are those drawn for ${former}, unchanged.`);
  expect(textOf(files, 'method.md')).not.toContain('unchanged');
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
    ...profile.flatMap(({ question, codes, broaderCodes }) => [
      question,
      ...[...codes, ...broaderCodes].map(({ label }) => label),
    ]),
  ];
  for (const { de, en } of texts) {
    expect(html).toContain(escaped(de));
    expect(html).toContain(escaped(en));
  }
  expect(json.instrument.items.map(({ id }: { id: string }) => id)).toEqual(items.map(({ id }) => id));
  expect(json.instrument.items[0].anchors[4]).toEqual({ level: 4, text: items[0]!.anchors[4] });
  expect(json.tables.map(({ name }: { name: string }) => name)).toContain('percentiles');
});
