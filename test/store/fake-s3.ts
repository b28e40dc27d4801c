import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { crc32 } from 'node:zlib';

export interface FakeS3 {
  endpoint: string;
  /** Every call as `GET /bucket/key`, with the key that signed it. */
  calls: { method: string; path: string; signedBy: string | undefined }[];
  close(): Promise<void>;
}

/** Says whether a call is allowed, as a role's policy would. */
export type Allows = (
  action: 'GetObject' | 'PutObject' | 'DeleteObject' | 'ListBucket',
  key: string,
  signedBy: string,
  bucket: string,
) => boolean;

/**
 * S3's protocol for four calls in path style, after its public reference: what the SDK sends and reads, with pages of two
 * names, checksums of what is put, addresses with a signature in the query, and 403 in place of 404 for who may not list.
 */
export async function startFakeS3(allows: Allows = () => true): Promise<FakeS3> {
  const objects = new Map<string, Buffer>();
  const calls: FakeS3['calls'] = [];
  const server = createServer((request, response) => {
    void answer(request, response, objects, allows, calls);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  objects: Map<string, Buffer>,
  allows: Allows,
  calls: FakeS3['calls'],
): Promise<void> {
  const url = new URL(request.url!, 'http://s3');
  const [, bucket, ...rest] = url.pathname.split('/').map(decodeURIComponent);
  const key = rest.join('/');
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const body = Buffer.concat(chunks);
  const credential = /Credential=([^/]+)/.exec(request.headers.authorization ?? '')?.[1];
  const signedBy = credential ?? url.searchParams.get('X-Amz-Credential')?.split('/')[0];
  calls.push({ method: request.method!, path: url.pathname, signedBy });

  const refuse = (status: number, code: string) =>
    response
      .writeHead(status, { 'content-type': 'application/xml' })
      .end(`<?xml version="1.0"?><Error><Code>${code}</Code><Message>${code}</Message></Error>`);
  if (signedBy === undefined) return void refuse(403, 'AccessDenied');
  const found = objects.get(`${bucket}/${key}`);

  if (request.method === 'PUT') {
    if (!allows('PutObject', key, signedBy, bucket!)) return void refuse(403, 'AccessDenied');
    const sum = request.headers['x-amz-checksum-crc32'];
    const actual = Buffer.alloc(4);
    actual.writeUInt32BE(crc32(body));
    if (sum !== actual.toString('base64')) return void refuse(400, 'BadDigest');
    objects.set(`${bucket}/${key}`, body);
    response.writeHead(200, { etag: `"${createHash('md5').update(body).digest('hex')}"` }).end();
  } else if (request.method === 'DELETE') {
    if (!allows('DeleteObject', key, signedBy, bucket!)) return void refuse(403, 'AccessDenied');
    objects.delete(`${bucket}/${key}`);
    response.writeHead(204).end();
  } else if (key === '' && url.searchParams.get('list-type') === '2') {
    if (!allows('ListBucket', '', signedBy, bucket!)) return void refuse(403, 'AccessDenied');
    const prefix = `${bucket}/${url.searchParams.get('prefix') ?? ''}`;
    const after = url.searchParams.get('continuation-token') ?? '';
    const names = [...objects.keys()].filter((name) => name.startsWith(prefix) && name > after).sort();
    const page = names.slice(0, 2);
    const contents = page.map((name) => `<Contents><Key>${name.slice(bucket!.length + 1)}</Key></Contents>`).join('');
    const more = names.length > 2 ? `<NextContinuationToken>${page[1]}</NextContinuationToken>` : '';
    response
      .writeHead(200, { 'content-type': 'application/xml' })
      .end(
        `<?xml version="1.0"?><ListBucketResult><IsTruncated>${names.length > 2}</IsTruncated>${contents}${more}</ListBucketResult>`,
      );
  } else if (!allows('GetObject', key, signedBy, bucket!)) {
    refuse(403, 'AccessDenied');
  } else if (!found) {
    if (allows('ListBucket', '', signedBy, bucket!)) refuse(404, 'NoSuchKey');
    else refuse(403, 'AccessDenied');
  } else {
    const named = (name: string) => url.searchParams.get(`response-${name}`);
    response.writeHead(200, {
      'content-length': found.length,
      'content-type': named('content-type') ?? 'application/octet-stream',
      ...(named('content-disposition') ? { 'content-disposition': named('content-disposition')! } : {}),
    });
    response.end(found);
  }
}
