import { createHash } from 'node:crypto';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { FileList } from '#contracts/answers/lists';
import { writeReleaseFiles } from '#functions/publish/release-files';
import { createFolderFiles } from '#store/folder-files';
import type { FileStore } from '#store/ports';
import { checkReleasedFiles } from '#store/released-files';
import { noReleases } from '../api/memory-stores.ts';
import { testService } from '../api/test-service.ts';
import { aSmallRelease, CHECK, FACTS, RELEASE_ID } from './a-release.ts';

const { manifest, cells, changes } = aSmallRelease();
const frozen = { manifest, cells: [...cells], changes: [...changes] };
const LIST = `/v1/releases/${RELEASE_ID}/files`;

/** The service over a folder with the files of one release, in force or not yet. */
async function served({ isInForce = true } = {}) {
  const files = createFolderFiles(await mkdtemp(join(tmpdir(), 'files-')));
  await writeReleaseFiles(files, frozen, CHECK, FACTS);
  await files.put(`work/${RELEASE_ID}/fold-1.json`, new TextEncoder().encode('secret'));
  await files.put(`releases/${RELEASE_ID}/left-over.csv`, new TextEncoder().encode('secret'));
  const released = async (id: string) => (isInForce && id === RELEASE_ID ? manifest : undefined);
  return { files, ...(await testService({ files, releases: { ...noReleases, manifest: released } })) };
}

test('files are written under the release, their list last, and a second time in the same bytes', async () => {
  const order: string[] = [];
  const put: FileStore['put'] = async (path, bytes) => {
    order.push(`${path} ${createHash('sha256').update(bytes).digest('hex')}`);
  };
  const list = await writeReleaseFiles({ put }, frozen, CHECK, FACTS);
  expect(order.every((line) => line.startsWith(`releases/${RELEASE_ID}/`))).toBe(true);
  expect(order.at(-1)).toMatch(/_files\.json /);
  expect(list.map(({ name, sha256 }) => `releases/${RELEASE_ID}/${name} ${sha256}`)).toEqual(order.slice(0, -1));
  const first = order.splice(0);
  await writeReleaseFiles({ put }, frozen, CHECK, FACTS);
  expect(order).toEqual(first);
});

test('no exact count that comes along reaches a file', async () => {
  const sums = async (more: object) =>
    (await writeReleaseFiles({ put: async () => {} }, { ...frozen, ...more }, CHECK, FACTS)).map(
      ({ sha256 }) => sha256,
    );
  const report = { cells: [{ key: 'level=facility', n: 17, decision: 'suppressed', reason: 'too-few' }] };
  expect(await sums({ report, members: [] })).toEqual(await sums({}));
});

test('the list names every file with its size, sum and address', async () => {
  const { send } = await served();
  const response = await send(LIST);
  expect(response.status).toBe(200);
  expect(response.headers.get('Cache-Control')).toBe('public, max-age=60');
  const { files } = FileList.parse(await response.json());
  expect(files.map(({ name }) => name)).toContain('percentiles.parquet');
  for (const { name, bytes, sha256, mediaType, url } of files) {
    expect(url).toBe(`${LIST}/${name}`);
    const file = await send(url);
    const body = new Uint8Array(await file.arrayBuffer());
    expect([file.status, body.length, createHash('sha256').update(body).digest('hex')]).toEqual([200, bytes, sha256]);
    expect(file.headers.get('Content-Type')).toBe(mediaType);
    expect(file.headers.get('Content-Length')).toBe(`${bytes}`);
    expect(file.headers.get('ETag')).toBe(`"${sha256}"`);
    expect(file.headers.get('Cache-Control')).toBe('public, max-age=60');
    expect(file.headers.get('X-Content-Type-Options')).toBe('nosniff');
  }
});

test.each([LIST, `${LIST}/percentiles.csv`])('%s is not sent again to whom it is known', async (url) => {
  const { send } = await served();
  const etag = (await send(url)).headers.get('ETag')!;
  expect(etag).toMatch(/^"[0-9a-f]{40,64}"$/);
  for (const held of [etag, `W/${etag}`, `"0", ${etag}`, '*']) {
    const again = await send(url, { headers: { 'If-None-Match': held } });
    expect([again.status, await again.text(), again.headers.get('ETag')]).toEqual([304, '', etag]);
  }
  expect((await send(url, { headers: { 'If-None-Match': '"0"' } })).status).toBe(200);
  const head = await send(url, { method: 'HEAD' });
  expect([head.status, await head.text(), head.headers.get('ETag')]).toEqual([200, '', etag]);
});

test('tables and the zip are saved under a name that says the release; the codebook opens, with its own style only', async () => {
  const { send } = await served();
  const disposition = async (name: string) => (await send(`${LIST}/${name}`)).headers.get('Content-Disposition');
  expect(await disposition('percentiles.csv')).toBe(`attachment; filename="${RELEASE_ID}-percentiles.csv"`);
  expect(await disposition(`${RELEASE_ID}.zip`)).toBe(`attachment; filename="${RELEASE_ID}.zip"`);
  expect(await disposition('codebook.html')).toBeNull();
  const codebook = await send(`${LIST}/codebook.html`);
  const style = /<style>([^<]*)<\/style>/.exec(await codebook.text())![1]!;
  const policy = codebook.headers.get('Content-Security-Policy');
  expect(policy).toContain(`style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'`);
  expect(policy).toMatch(/^default-src 'none';/);
});

test.each(['', '/percentiles.csv', `/${RELEASE_ID}.zip`, '/_files.json'])(
  'before the flip nothing is there, not even a sign that it exists: %s',
  async (path) => {
    const { send } = await served({ isInForce: false });
    const response = await send(`${LIST}${path}`);
    const other = await send(`/v1/releases/digitalcheck.1-2026-06-30-ffffffff/files${path}`);
    expect([response.status, other.status]).toEqual([404, 404]);
    expect(await response.json()).toMatchObject({ type: '/problems/unknown-release' });
    expect(response.headers.get('ETag')).toBeNull();
    expect(response.headers.get('Cache-Control') ?? '').not.toContain('immutable');
  },
);

test.each([
  'left-over.csv',
  '_files.json',
  'nothing.csv',
  '..%2F..%2Fwork%2Ffold-1.json',
  `..%2F..%2Fwork%2F${RELEASE_ID}%2Ffold-1.json`,
  '%00',
  'constructor',
])('what the list does not name has no address: %s', async (name) => {
  const { send } = await served();
  const response = await send(`${LIST}/${name}`);
  expect(response.status).toBe(404);
  expect(await response.json()).toMatchObject({ type: '/problems/unknown-file' });
});

test.each(['nothing', '..', 'digitalcheck.1-2026-06-30', '%2e%2e%2fwork'])('the release %s is unknown', async (id) => {
  const { send } = await served();
  expect((await send(`/v1/releases/${id}/files`)).status).toBe(404);
});

test.each([
  [
    'other bytes',
    async (files: FileStore) => files.put(`releases/${RELEASE_ID}/percentiles.csv`, new Uint8Array([1, 2])),
  ],
  ['a file that is gone', async (files: FileStore) => files.remove(`releases/${RELEASE_ID}/percentiles.csv`)],
  [
    'a list that cannot be read',
    async (files: FileStore) => files.put(`releases/${RELEASE_ID}/_files.json`, new Uint8Array([91])),
  ],
])('%s: 503 in plain words, and nothing under the good ETag', async (_, damage) => {
  const { files, send } = await served();
  await damage(files);
  const response = await send(`${LIST}/percentiles.csv`, { headers: { 'Accept-Language': 'de' } });
  expect([response.status, response.headers.get('ETag'), response.headers.get('Cache-Control')]).toEqual([
    503,
    null,
    'no-store',
  ]);
  expect(await response.json()).toMatchObject({
    type: '/problems/damaged-file',
    detail: expect.stringContaining('stimmt nicht mehr mit der Prüfsumme'),
  });
  const { damaged } = await checkReleasedFiles(files, [RELEASE_ID]);
  expect(damaged).toHaveLength(1);
  expect((await checkReleasedFiles((await served()).files, [RELEASE_ID])).damaged).toEqual([]);
});
