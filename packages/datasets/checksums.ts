import type { DatasetFile } from './table.ts';

/** SHA-256 of bytes as 64 hex digits. */
export async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  // biome-ignore lint/plugin: Web Crypto is SHA-256 without a platform to import; a digest draws nothing
  const digest = new Uint8Array(await globalThis.crypto.subtle.digest('SHA-256', bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** The sums of all files, as `sha256sum --check SHA256SUMS` reads them. */
export async function checksumFile(files: readonly DatasetFile[]): Promise<DatasetFile> {
  const lines = await Promise.all(files.map(async ({ path, bytes }) => `${await sha256(bytes)}  ${path}\n`));
  return {
    path: 'SHA256SUMS',
    bytes: new TextEncoder().encode(lines.join('')),
    mediaType: 'text/plain; charset=utf-8',
  };
}
