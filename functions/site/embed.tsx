import type { Context } from 'hono';
import { EmbedPage } from '#web/pages/embed.tsx';
import { pictureQuery } from '../api/asked-figures.ts';
import { publicFigures } from '../api/figures.ts';
import { problem } from '../http/problem.ts';
import type { PageInput } from './page-view.ts';

/** One picture for a frame on another site. @throws ProblemError `no-release-yet`, and what `/v1/figures` throws */
export async function embedView(c: Context, { lang, instrument, manifest, origin, releases }: PageInput) {
  if (!manifest) throw problem('no-release-yet');
  const { view = 'standing' } = pictureQuery(c, { origin });
  const group = c.req.query('group');
  const { asked, draw } = await publicFigures({ instrument, manifest, group, lang, view }, releases);
  const { title, alternative } = draw({});
  return (
    <EmbedPage lang={lang} instrument={instrument.id} group={asked.key} view={view} words={{ title, alternative }} />
  );
}
