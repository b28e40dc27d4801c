import { createHash } from 'node:crypto';
import { type Context, Hono } from 'hono';
import { etag } from 'hono/etag';
import * as z from 'zod';
import { FileList } from '#contracts/answers/lists';
import { FileName, filePath, type ReleaseFile } from '#contracts/release-file';
import { ReleaseId } from '#contracts/release-id';
import { releasedFile, releasedFiles } from '#store/released-files';
import type { ApiDependencies } from '../http/dependencies.ts';
import { openToOtherSites } from '../http/open-to-other-sites.ts';
import { problem } from '../http/problem.ts';
import { json, NOT_MODIFIED, type Operations, RELEASE_GONE } from '../http/responses.ts';
import { FOR_A_MINUTE, releaseAsked } from './asked-release.ts';

/**
 * `/v1/releases/{id}/files`: the stored files of a release in force or before it. Their bytes never change, so a file's
 * SHA-256 is its ETag, and what no longer has that sum is not given out. What is not on a release's list has no address, whatever else lies in the store.
 */
export function fileRoutes({ releases, files }: Pick<ApiDependencies, 'releases' | 'files'>) {
  const listOf = async (id: string): Promise<ReleaseFile[]> =>
    releasedFiles(files, (await releaseAsked(releases, id)).releaseId);

  return new Hono()
    .get('/v1/releases/:id/files', openToOtherSites, etag(), async (c) => {
      const releaseId = c.req.param('id');
      const list = await listOf(releaseId);
      const body: FileList = {
        releaseId,
        files: list.map((file) => ({ ...file, url: `/v1/releases/${releaseId}/files/${file.name}` })),
      };
      return c.json(body, 200, FOR_A_MINUTE);
    })
    .get('/v1/releases/:id/files/:name', openToOtherSites, async (c) => {
      const releaseId = c.req.param('id');
      const file = (await listOf(releaseId)).find(({ name }) => name === c.req.param('name'));
      if (!file) throw problem('unknown-file');
      return fileResponse(c, files, releaseId, { file, savedAs: downloadName(releaseId, file.name) });
    });
}

/** A stored file, checked; or the store's own address of it where it is too large for an answer. */
export async function fileResponse(
  c: Context,
  files: ApiDependencies['files'],
  releaseId: string,
  { file, savedAs }: { file: ReleaseFile; savedAs: string },
): Promise<Response> {
  const { mediaType } = file;
  const headers = { ...FOR_A_MINUTE, ETag: etagOf(file.sha256) };
  if (isHeld(c.req.header('If-None-Match'), headers.ETag)) return c.body(null, 304, headers);
  const bytes = await releasedFile(files, releaseId, file);
  if (file.bytes > MAX_ANSWERED_BYTES && files.address) {
    const as = { fileName: savedAs, mediaType, seconds: ADDRESS_SECONDS };
    const address = await files.address(filePath(releaseId, file.name), as);
    return c.body(null, 307, { Location: address, 'Cache-Control': 'no-store' });
  }
  return c.body(bytes, 200, {
    ...headers,
    'Content-Type': mediaType,
    'Content-Length': `${bytes.length}`,
    ...(isDownload(mediaType) ? { 'Content-Disposition': `attachment; filename="${savedAs}"` } : {}),
    ...(mediaType.startsWith('text/html') ? { 'Content-Security-Policy': policyOf(bytes) } : {}),
  });
}

/** On Lambda an answer has 6 MB at most, and its body is written as JSON or base64 in them. */
const MAX_ANSWERED_BYTES = 3_000_000;
/** How long the store's own address of a larger file is good for. */
const ADDRESS_SECONDS = 300;

const etagOf = (sha256: string): string => `"${sha256}"`;

/** Whether `If-None-Match` names the ETag; the comparison is weak, as RFC 9110 asks for this header. */
function isHeld(header: string | undefined, etag: string): boolean {
  return (header ?? '').split(',').some((held) => ['*', etag].includes(held.trim().replace(/^W\//, '')));
}

const isDownload = (mediaType: string): boolean => /^(text\/csv|application\/(vnd\.|zip))/.test(mediaType);

/** Saved beside other releases, a file still says which one it is of. */
const downloadName = (releaseId: string, name: string): string =>
  name.startsWith(releaseId) ? name : `${releaseId}-${name}`;

/** A stored page may use its own style and nothing else. */
function policyOf(bytes: Uint8Array): string {
  const style = /<style>([^<]*)<\/style>/.exec(new TextDecoder().decode(bytes))?.[1] ?? '';
  const hash = createHash('sha256').update(style).digest('base64');
  return `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;
}

export const fileOperations: Operations = {
  'GET /v1/releases/{id}/files': {
    operationId: 'listReleaseFiles',
    tags: ['Releases'],
    summary: 'List the files of a release',
    description: 'Tables as CSV and Parquet, their description, and one zip of everything, with size and SHA-256.',
    requestParams: { path: z.object({ id: ReleaseId }) },
    ok: { ...json('All files', FileList), ...NOT_MODIFIED },
    problems: [...RELEASE_GONE, 'unavailable'],
  },
  'GET /v1/releases/{id}/files/{name}': {
    operationId: 'readReleaseFile',
    tags: ['Releases'],
    summary: 'Read a file of a release',
    description: 'The stored bytes, which never change; the ETag is their SHA-256.',
    requestParams: { path: z.object({ id: ReleaseId, name: FileName }) },
    ok: {
      '200': {
        description: 'The file, in the media type that the list gives',
        content: { '*/*': { schema: { type: 'string', format: 'binary' } } },
      },
      '307': { description: 'A file of more than 3 MB, where its store gives it out for five minutes' },
      ...NOT_MODIFIED,
    },
    problems: [...RELEASE_GONE, 'unknown-file', 'damaged-file', 'unavailable'],
  },
};
