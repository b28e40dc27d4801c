import { type Context, Hono } from 'hono';
import { etag } from 'hono/etag';
import { FieldComparison } from '#contracts/answers/group-figures';
import type { Instrument } from '#contracts/instrument';
import type { Manifest } from '#contracts/release';
import { frameCellsNeeded, type Representativeness, representativeness } from '#standing/representativeness';
import type { ReleaseReader } from '#store/ports';
import { fieldComparison } from '#views/field-comparison';
import type { ApiDependencies } from '../http/dependencies.ts';
import { publicLanguage } from '../http/public-language.ts';
import { json } from '../http/responses.ts';
import { LangParam } from './asked-figures.ts';
import { FOR_A_MINUTE, publicOperations, publicRelease, releaseRef } from './asked-release.ts';

/**
 * `/v1/field-comparison` and `/v1/releases/{id}/field-comparison`: who took part beside what is known of the field, and
 * medians standardised to it. Public and cacheable; only released values go in.
 */
export function fieldComparisonRoutes(deps: ApiDependencies) {
  const read = async (c: Context) => {
    const { instrument, manifest } = await publicRelease(c, deps);
    const lang = publicLanguage(c);
    const seen = await readRepresentativeness(deps.releases, instrument, manifest);
    return c.json(
      {
        instrument: manifest.instrument,
        series: manifest.series,
        lang,
        ...releaseRef(manifest),
        ...fieldComparison(instrument, seen, lang),
        url: `/v1/releases/${manifest.releaseId}/field-comparison?${new URLSearchParams({ lang })}`,
      } satisfies FieldComparison,
      200,
      { 'Content-Language': lang, ...FOR_A_MINUTE },
    );
  };
  return new Hono().get('/v1/field-comparison', etag(), read).get('/v1/releases/:id/field-comparison', etag(), read);
}

/** Null where the instrument brings no frame, or the group of everybody is not published. */
export async function readRepresentativeness(
  releases: Pick<ReleaseReader, 'cell'>,
  instrument: Instrument,
  { releaseId }: Manifest,
): Promise<Representativeness | null> {
  const { frame } = instrument;
  if (!frame) return null;
  const keys = frameCellsNeeded(instrument, frame);
  const cells = await Promise.all(keys.map(async (key) => [key, await releases.cell(releaseId, key)] as const));
  return representativeness(instrument, frame, new Map(cells));
}

export const fieldComparisonOperations = publicOperations(
  'field-comparison',
  { lang: LangParam },
  {
    name: 'FieldComparison',
    summary: 'Who took part, beside the field',
    description:
      'Shares of participations beside those of a frame that the instrument brings, and medians of everybody standardised to it. Participants chose to take part: neither figure stands for the whole field.',
    ok: json('Participants beside the field', FieldComparison),
  },
);
