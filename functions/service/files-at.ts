import * as z from 'zod';
import { createFolderFiles } from '#store/folder-files';
import type { FileStore } from '#store/ports';

/** Where a deployment keeps its files: a bucket, or a folder, which may be a mounted file system. One of the two. */
export const FilePlace = {
  FILES_BUCKET: z.string().min(3).optional(),
  FILES_DIR: z.string().min(1).optional(),
  /** Another S3 than the region's. */
  S3_ENDPOINT: z.url().optional(),
  /** The user there, where it is not the one of the database. */
  S3_ACCESS_KEY_ID: z.string().min(1).optional(),
  S3_SECRET_ACCESS_KEY: z.string().min(1).optional(),
};
interface FilePlace extends z.infer<z.ZodObject<typeof FilePlace>> {}

/** A rule for `z.object({...FilePlace}).check(...)`: the place is named, and only one. */
export const namesOnePlace = z.refine<{ FILES_BUCKET?: string | undefined; FILES_DIR?: string | undefined }>(
  ({ FILES_BUCKET, FILES_DIR }) => (FILES_BUCKET === undefined) !== (FILES_DIR === undefined),
  { path: ['FILES_BUCKET'], error: 'or FILES_DIR: one of the two must be set' },
);

/** The files of a deployment. S3's client is loaded with the first file asked for: most requests need none. */
export function filesAt(place: FilePlace, access: { mayList: boolean }): FileStore {
  const { FILES_BUCKET: bucket, FILES_DIR: folder, S3_ENDPOINT: endpoint } = place;
  const { S3_ACCESS_KEY_ID: accessKeyId, S3_SECRET_ACCESS_KEY: secretAccessKey } = place;
  const configuration = {
    ...(endpoint ? { endpoint, forcePathStyle: true } : {}),
    ...(accessKeyId && secretAccessKey ? { credentials: { accessKeyId, secretAccessKey } } : {}),
  };
  if (bucket === undefined) return createFolderFiles(folder!);
  let loaded: Promise<Required<FileStore>> | undefined;
  const load = async () => {
    const [{ S3Client }, { createS3Files }] = await Promise.all([
      import('@aws-sdk/client-s3'),
      import('#store/s3-files'),
    ]);
    return createS3Files(new S3Client(configuration), bucket, access);
  };
  const store = () => (loaded ??= load());
  return {
    put: async (path, bytes) => (await store()).put(path, bytes),
    get: async (path) => (await store()).get(path),
    list: async (prefix) => (await store()).list(prefix),
    remove: async (path) => (await store()).remove(path),
    address: async (path, as) => (await store()).address(path, as),
  };
}
