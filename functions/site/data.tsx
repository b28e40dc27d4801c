import * as z from 'zod';
import { listedIn, type Manifest } from '#contracts/release';
import type { FileStore } from '#store/ports';
import { DamagedFile, releasedFile, releasedFiles } from '#store/released-files';
import { fieldComparison } from '#views/field-comparison';
import { DataPage, type DataRelease } from '#web/pages/data.tsx';
import { readRepresentativeness } from '../api/field-comparison.ts';
import type { PageView } from './page-view.ts';

/** The data: every listed release, newest first, with its files and how to cite it. */
export const dataView: PageView = async ({ lang, origin, instrument, manifest, head, releases, files }) => {
  const manifests = await Promise.all(listedIn(head).map((id) => releases.manifest(id)));
  const known = manifests.filter((manifest) => manifest !== undefined);
  const seen = manifest ? await readRepresentativeness(releases, instrument, manifest) : null;
  return (
    <DataPage
      lang={lang}
      field={fieldComparison(instrument, seen, lang)}
      releases={await Promise.all(known.map((manifest) => releaseOf(manifest, files, origin)))}
    />
  );
};

async function releaseOf(manifest: Manifest, files: Pick<FileStore, 'get'>, origin: string): Promise<DataRelease> {
  const { releaseId, series, cutoffOn, replaces, marks } = manifest;
  const list = await releasedFiles(files, releaseId).catch(nullIfDamaged);
  const own = list?.find(({ name }) => name === 'datacite.json');
  const described = own ? await releasedFile(files, releaseId, own).catch(nullIfDamaged) : null;
  const datacite = Datacite.safeParse(described && JSON.parse(new TextDecoder().decode(described)));
  return {
    releaseId,
    series,
    cutoffOn,
    replaces,
    marks,
    isDamaged: list === null || (own !== undefined && described === null),
    files: (list ?? []).map(({ name, bytes }) => ({ name, bytes, url: `/v1/releases/${releaseId}/files/${name}` })),
    citation: datacite.success
      ? {
          publisher: datacite.data.publisher.name,
          year: datacite.data.publicationYear,
          titles: Object.fromEntries(datacite.data.titles.map(({ lang, title }) => [lang, title])),
          address: datacite.data.doi ? `https://doi.org/${datacite.data.doi}` : `${origin}/v1/releases/${releaseId}`,
        }
      : null,
  };
}

/** As much of a release's own citation as is shown. */
const Datacite = z.object({
  doi: z.string().optional(),
  publisher: z.object({ name: z.string() }),
  publicationYear: z.int(),
  titles: z.array(z.object({ title: z.string(), lang: z.string() })),
});

/** A page that lists every release does not go away with a file of one. */
function nullIfDamaged(error: unknown): null {
  if (error instanceof DamagedFile) return null;
  throw error;
}
