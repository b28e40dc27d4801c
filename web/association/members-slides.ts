import type { AssociationFigures } from '#contracts/answers/association';
import type { View } from '#views/view';
import { presentation, type Slide } from '../slides.ts';
import { type Members, notesOf } from './report.tsx';

/**
 * The association's finding and what changed, as slides: every number is one of the answers'.
 *
 * @param drawn the same figures with their picture for a slide: wide, without its own title and notes
 */
export function memberSlides(members: Members, drawn: AssociationFigures): Promise<Blob> {
  const { lang, overview, figures, progress } = members;
  const head: Slide['head'] = [overview.name, 'Sektorspiegel'];
  const notes = notesOf(members);
  const slides: Slide[] = [
    {
      head,
      title: figures.title,
      lead: figures.label,
      picture: drawn.spec as unknown as View['spec'],
      paragraphs: figures.seenFrom ? [figures.seenFrom] : [],
      note: figures.notes.join(' '),
      spoken: figures.alternative,
    },
    {
      head,
      title: lang === 'de' ? 'Was sich verändert hat' : 'What changed',
      lead: '',
      picture: null,
      paragraphs: progress.dimensions.map(({ sentence }) => sentence),
      note: notes.filter((note) => !figures.notes.includes(note)).join(' '),
      spoken: '',
    },
  ];
  return presentation(
    `${overview.name}: ${figures.title}`,
    progress.change.state === 'published' ? slides : slides.slice(0, 1),
    lang,
  );
}
