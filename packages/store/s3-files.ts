import {
  DeleteObjectCommand,
  GetObjectCommand,
  NoSuchKey,
  PutObjectCommand,
  paginateListObjectsV2,
  type S3Client,
  S3ServiceException,
} from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { checkFilePath, checkPrefix } from './file-path.ts';
import type { FileStore } from './ports.ts';

/**
 * Files in an S3 bucket, under the paths of `FileStore`; others throw a TypeError. A file appears whole or not at all, as
 * S3 promises.
 *
 * @param mayList whether the role may list names. Without it S3 answers that a missing file is forbidden (403), which
 *   then counts as missing; for everybody else it is an error.
 */
export function createS3Files(
  client: S3Client,
  bucket: string,
  { mayList }: { mayList: boolean },
): Required<FileStore> {
  const place = (path: string) => {
    checkFilePath(path);
    return { Bucket: bucket, Key: path };
  };
  return {
    async put(path, bytes) {
      await client.send(new PutObjectCommand({ ...place(path), Body: bytes }));
    },

    async get(path) {
      try {
        const { Body } = await client.send(new GetObjectCommand(place(path)));
        return await Body!.transformToByteArray();
      } catch (error) {
        const isForbidden = error instanceof S3ServiceException && error.$metadata.httpStatusCode === 403;
        if (error instanceof NoSuchKey || (isForbidden && !mayList)) return undefined;
        throw error;
      }
    },

    async list(prefix) {
      checkPrefix(prefix);
      const found: string[] = [];
      for await (const page of paginateListObjectsV2({ client }, { Bucket: bucket, Prefix: prefix }))
        for (const { Key } of page.Contents ?? []) if (Key !== undefined) found.push(Key);
      return found.sort();
    },

    async remove(path) {
      await client.send(new DeleteObjectCommand(place(path)));
    },

    async address(path, { fileName, mediaType, seconds }) {
      const command = new GetObjectCommand({
        ...place(path),
        ResponseContentType: mediaType,
        ResponseContentDisposition: `attachment; filename="${fileName}"`,
      });
      return getSignedUrl(client, command, { expiresIn: seconds });
    },
  };
}
