import { useId } from 'preact/hooks';
import type { Lang } from '#contracts/text';
import { words } from '../words.ts';
import type { Rating as Rated } from './experiment.ts';

/** Little, some, much: three radio buttons on one line. */
export function Rating({
  legend,
  labels,
  value,
  onChange,
}: {
  legend: string;
  /** From 1 to 3. */
  labels: readonly [string, string, string];
  value: Rated | null;
  onChange: (value: Rated) => void;
}) {
  const name = useId();
  return (
    <fieldset class="rating">
      <legend>{legend}</legend>
      <span class="rating__choices">
        {([1, 2, 3] as const).map((level) => (
          <label key={level} class="rating__choice">
            <input type="radio" name={name} checked={value === level} onChange={() => onChange(level)} />
            <span>{labels[level - 1]}</span>
          </label>
        ))}
      </span>
    </fieldset>
  );
}

/** What somebody expects of a measure, or saw of an experiment. */
export function BenefitAndEffort({
  lang,
  rated,
  onRate,
}: {
  lang: Lang;
  rated: Record<'benefit' | 'effort', Rated | null>;
  onRate: (change: Partial<Record<'benefit' | 'effort', Rated>>) => void;
}) {
  const text = RATED_WORDS[lang];
  return (
    <div class="measure__ratings">
      {(['benefit', 'effort'] as const).map((aspect) => (
        <Rating
          key={aspect}
          legend={text[aspect]}
          labels={text.levels}
          value={rated[aspect]}
          onChange={(level) => onRate({ [aspect]: level })}
        />
      ))}
    </div>
  );
}

export const RATED_WORDS = words({
  de: { benefit: 'Nutzen', effort: 'Aufwand', levels: ['wenig', 'mittel', 'viel'] as [string, string, string] },
  en: { benefit: 'Benefit', effort: 'Effort', levels: ['low', 'medium', 'high'] },
});
