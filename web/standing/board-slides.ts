import type { Lang } from '#contracts/text';
import type { View } from '#views/view';
import type { Asked } from '../service.ts';
import { presentation, type Slide } from '../slides.ts';
import type { BoardParts } from './board-parts.ts';

/** What the slides are made of: the paper's parts, and its picture as a Vega-Lite spec. */
export interface BoardSlides {
  parts: BoardParts;
  lang: Lang;
  house: string;
  spec: View['spec'];
  /** The picture in words. */
  alternative: string;
  resolution: { title: string; text: string };
}

/** The paper for the board as a presentation: the finding, what moved where there is anything, the draft resolution. */
export async function boardSlides({
  parts,
  lang,
  house,
  spec,
  alternative,
  resolution,
}: BoardSlides): Promise<Asked<Blob>> {
  const { title, lead, findings, note, changed, moved } = parts;
  const head: Slide['head'] = [house, `Sektorspiegel · ${parts.kind}`];
  const plain = { head, lead: '', picture: null, note: '', spoken: '' };
  const slides: Slide[] = [
    { head, title, lead, picture: spec, paragraphs: findings, note, spoken: alternative },
    ...(changed ? [{ ...plain, title: changed.title, paragraphs: changed.sentences, note: changed.note }] : []),
    {
      ...plain,
      title: resolution.title,
      paragraphs: resolution.text.split('\n'),
      note: moved ? `${moved.title}: ${moved.text}` : '',
    },
  ];
  return { ok: true, value: await presentation(title, slides, lang) };
}
