import type { ItemFigures } from '#contracts/release';
import type { Lang } from '#contracts/text';
import { shownShare } from '#views/standing-words';
import { words } from '../words.ts';
import { shareWords } from './share.tsx';

/** From so many per cent on a part has room for its number. */
const ROOM = 12;

/** How a group is spread over the five levels of an item, as one bar; the rest has no level. Shares in steps of five. */
export function Levels({ lang, figures }: { lang: Lang; figures: ItemFigures | null }) {
  if (figures === null) return <>–</>;
  const text = WORDS[lang];
  const parts = levelShares(figures);
  let from = 0;
  return (
    <span class="levels">
      <svg width="100%" height="26" role="img" aria-label={parts.map((share, at) => text.part(at, share)).join(', ')}>
        {parts.map((share, at) => {
          const [x, width] = [from, share];
          from += share;
          return (
            <g key={at} class={`levels__part levels__part--${at}`}>
              <rect x={`${x}%`} width={`${width}%`} height="26" />
              {share >= ROOM ? (
                <text x={`${x + width / 2}%`} y="18" text-anchor="middle">
                  {shownShare(share)}
                </text>
              ) : null}
            </g>
          );
        })}
      </svg>
    </span>
  );
}

/** What the shades of a bar mean. */
export function LevelsKey({ lang }: { lang: Lang }) {
  const text = WORDS[lang];
  return (
    <ul class="levels-key">
      {text.names.map((name, at) => (
        <li key={name}>
          <svg width="16" height="16" aria-hidden="true" class={`levels__part levels__part--${at}`}>
            <rect width="16" height="16" />
          </svg>{' '}
          {name}
        </li>
      ))}
    </ul>
  );
}

/** Per cents at levels 0 to 4 and without a level, 100 together; perturbed shares need not add up, so level 0 takes the rest. */
export function levelShares({ atLeast, notApplicable, dontKnow }: ItemFigures): number[] {
  const [one, two, three, four] = atLeast;
  const without = Math.min(100 - one, notApplicable + dontKnow);
  return [100 - one - without, one - two, two - three, three - four, four, without];
}

const WORDS = words({
  de: {
    names: ['Stufe 0', 'Stufe 1', 'Stufe 2', 'Stufe 3', 'Stufe 4', 'ohne Stufe'],
    part: (at: number, share: number) => `${at === 5 ? 'ohne Stufe' : `Stufe ${at}`}: ${shareWords(share, 'de')}`,
  },
  en: {
    names: ['Level 0', 'Level 1', 'Level 2', 'Level 3', 'Level 4', 'no level'],
    part: (at, share) => `${at === 5 ? 'no level' : `level ${at}`}: ${shareWords(share, 'en')}`,
  },
});
