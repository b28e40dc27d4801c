import { S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createS3Files } from '#store/s3-files';
import { type Allows, type FakeS3, startFakeS3 } from './fake-s3.ts';
import { bytes, fileContract } from './file-contract.ts';

describe('files in S3', () => {
  let s3: FakeS3;
  let rules: Allows = () => true;
  let buckets = 0;
  const fresh = (access = { mayList: true }) => {
    buckets += 1;
    return createS3Files(clientOf(s3), `bucket-${buckets}`, access);
  };
  beforeAll(async () => {
    s3 = await startFakeS3((...asked) => rules(...asked));
  });
  afterAll(() => s3.close());

  fileContract(async () => fresh());

  it('call a forbidden file missing only where the role may not list', async () => {
    const reader = fresh({ mayList: false });
    await reader.put('releases/r/a.csv', bytes('a'));
    rules = (action, key) => action === 'GetObject' && key.startsWith('releases/');
    expect(Buffer.from((await reader.get('releases/r/a.csv'))!).toString()).toBe('a');
    expect(await reader.get('releases/r/b.csv')).toBeUndefined();
    const writer = fresh({ mayList: true });
    await expect(writer.get('work/r/fold.json')).rejects.toMatchObject({ name: 'AccessDenied' });
    await expect(reader.put('releases/r/a.csv', bytes('b'))).rejects.toMatchObject({ name: 'AccessDenied' });
    rules = () => true;
  });

  it('have an address of their own, that says type and name and needs no further key', async () => {
    const files = fresh();
    await files.put('releases/r/large.zip', bytes('zip'));
    const as = { fileName: 'r-large.zip', mediaType: 'application/zip', seconds: 300 };
    const address = new URL(await files.address('releases/r/large.zip', as));
    expect(address.searchParams.get('X-Amz-Expires')).toBe('300');
    expect(address.searchParams.get('X-Amz-Signature')).toMatch(/^[0-9a-f]{64}$/);
    const answer = await fetch(address);
    expect(await answer.text()).toBe('zip');
    expect(answer.headers.get('content-type')).toBe('application/zip');
    expect(answer.headers.get('content-disposition')).toBe('attachment; filename="r-large.zip"');
    await expect(files.address('../secret', as)).rejects.toThrow(TypeError);
  });
});

function clientOf({ endpoint }: FakeS3): S3Client {
  return new S3Client({
    endpoint,
    forcePathStyle: true,
    region: 'eu-central-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
}
