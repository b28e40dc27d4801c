import type { Instrument } from '#contracts/instrument';
import type { Answer } from '#contracts/submission';
import type { Lang } from '#contracts/text';
import { words } from '../words.ts';
import { NO_LEVEL } from './item-cards.tsx';

const ANSWERS: Answer[] = [0, 1, 2, 3, 4, 'na', 'dk'];

/** An answer sheet to type in: a line for each item, the boxes in the order in which they are printed. */
export function SheetEntry({
  lang,
  instrument,
  name,
  answers,
  onAnswer,
}: {
  lang: Lang;
  instrument: Instrument;
  /** Unique on the page. */
  name: string;
  answers: Record<string, Answer>;
  onAnswer: (item: string, answer: Answer) => void;
}) {
  const text = WORDS[lang];
  return (
    <div class="sheet-entry">
      <p class="quiet">{text.legend}</p>
      {instrument.items.map((item, index) => (
        <fieldset key={item.id} class="sheet-entry__line">
          <legend>
            {index + 1}. {item.title[lang]}
          </legend>
          <div class="sheet-entry__boxes">
            {ANSWERS.map((answer) => (
              <label key={answer} class="sheet-entry__box">
                <input
                  type="radio"
                  name={`${name}-${item.id}`}
                  checked={answers[item.id] === answer}
                  onChange={() => onAnswer(item.id, answer)}
                />
                <span>{shortAnswer(answer, lang)}</span>
                {typeof answer === 'number' ? null : <span class="visually-hidden">{NO_LEVEL[lang][answer]}</span>}
              </label>
            ))}
          </div>
        </fieldset>
      ))}
    </div>
  );
}

/** An answer as the printed answer sheet abbreviates it. */
export function shortAnswer(answer: Answer | undefined, lang: Lang): string {
  if (answer === undefined) return '–';
  return typeof answer === 'number' ? String(answer) : WORDS[lang].short[answer];
}

const WORDS = words({
  de: {
    short: { na: 'tnz', dk: 'wn' },
    legend: '0 bis 4 wie auf dem Bogen. tnz: trifft nicht zu. wn: weiß nicht.',
  },
  en: {
    short: { na: 'n/a', dk: 'dk' },
    legend: '0 to 4 as on the sheet. n/a: does not apply. dk: don’t know.',
  },
});
