import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { unzipSync } from 'fflate';
import { Refusal } from '../import/refusal.ts';

/** The files of a release, wherever they lie. */
export interface OpenRelease {
  read: (name: string) => Promise<Uint8Array<ArrayBuffer> | undefined>;
  /** Names that lie there; none where that cannot be told. */
  present: string[];
}

/** How long an answer may take. */
const TIMEOUT_MS = 60_000;

/** @param place a folder, a zip, or the address of a release's files */
export async function openRelease(place: string): Promise<OpenRelease> {
  if (/^https?:\/\//i.test(place)) return atAddress(place);
  const found = await stat(place).catch((error: NodeJS.ErrnoException) => {
    throw unreadable(place, error.code);
  });
  return found.isDirectory() ? inFolder(place) : inZip(place);
}

async function inFolder(folder: string): Promise<OpenRelease> {
  // The release's own zip holds the other files, and so is not among the sums.
  const present = (await readdir(folder)).filter((name) => !name.endsWith('.zip') && !name.startsWith('.'));
  return {
    present,
    read: async (name) =>
      present.includes(name) ? new Uint8Array(await readFile(path.join(folder, name))) : undefined,
  };
}

async function inZip(file: string): Promise<OpenRelease> {
  try {
    const entries = unzipSync(await readFile(file));
    // They lie in a folder named after the release.
    const byName = new Map(Object.entries(entries).map(([name, bytes]) => [name.replace(/^[^/]+\//, ''), bytes]));
    return { present: [...byName.keys()].filter(Boolean), read: async (name) => copy(byName.get(name)) };
  } catch (error) {
    throw unreadable(file, error instanceof Error ? error.message : undefined);
  }
}

const copy = (bytes: Uint8Array | undefined) => (bytes === undefined ? undefined : new Uint8Array(bytes));

function atAddress(address: string): OpenRelease {
  const base = new URL(address.endsWith('/') ? address : `${address}/`);
  return {
    present: [],
    async read(name) {
      const answer = await fetch(new URL(name, base), { signal: AbortSignal.timeout(TIMEOUT_MS) }).catch((error) => {
        throw unreadable(base.href, error instanceof Error ? error.message : undefined);
      });
      if (answer.status === 404) return undefined;
      if (!answer.ok) throw unreadable(`${base.href}${name}`, String(answer.status));
      return new Uint8Array(await answer.arrayBuffer());
    },
  };
}

const unreadable = (place: string, detail = '') =>
  new Refusal({
    de: `${place} kann nicht gelesen werden${detail && ` (${detail})`}.`,
    en: `${place} cannot be read${detail && ` (${detail})`}.`,
  });
