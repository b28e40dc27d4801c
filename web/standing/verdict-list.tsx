import type { Verdict } from '#contracts/standing';
import type { Lang } from '#contracts/text';
import { Disclosure } from '../components/disclosure.tsx';
import { words } from '../words.ts';
import type { StandingAnswer } from './standing-source.ts';

type DimensionAnswer = StandingAnswer['dimensions'][number];

/** One verdict a dimension, told first; the sentence; and the range, one click away. */
export function VerdictList({ lang, answer }: { lang: Lang; answer: StandingAnswer }) {
  return (
    <ol class="verdicts">
      {answer.dimensions.map((line) => (
        <li key={line.dimension} class={line.dimension === 'overall' ? 'verdict verdict--overall' : 'verdict'}>
          <h3 class="verdict__title">{line.title}</h3>
          <p class="verdict__word">
            <Mark verdict={line.verdict} isOpen={line.state === 'compared' && line.verdict === null} />
            {line.words}
          </p>
          <p class="verdict__sentence">{line.sentence}</p>
          {line.state === 'compared' ? <MoreExactly lang={lang} line={line} answer={answer} /> : null}
        </li>
      ))}
    </ol>
  );
}

/** Where the own pin of each verdict lies; the middle is at 14. */
const PLACES: Record<Verdict, number> = { 'lower-quarter': 4, behind: 9, near: 14, ahead: 19, 'upper-quarter': 24 };

/** The verdict as a shape: where the own pin lies from the middle. The word beside it says the same. */
function Mark({ verdict, isOpen }: { verdict: Verdict | null; isOpen: boolean }) {
  return (
    <svg class="verdict__mark" width="28" height="16" viewBox="0 0 28 16" aria-hidden="true" focusable="false">
      <path d="M1 10h26" stroke="currentColor" stroke-opacity=".45" stroke-width="2" />
      <path d="M14 4v12" stroke="currentColor" stroke-width="2" />
      {verdict === null ? null : <path class="verdict__pin" d={`M${PLACES[verdict] - 4} 0h8l-4 9z`} />}
      {isOpen ? <path class="verdict__pin verdict__pin--open" d="M5 3.5h18" /> : null}
    </svg>
  );
}

function MoreExactly({ lang, line, answer }: { lang: Lang; line: DimensionAnswer; answer: StandingAnswer }) {
  const text = WORDS[lang];
  return (
    <Disclosure
      summary={
        <>
          {text.summary} <span class="visually-hidden">({line.title})</span>
        </>
      }
    >
      {line.detail === '' ? null : <p>{line.detail}</p>}
      <p>{line.verdict === null ? text.none : text.verdict[line.verdict]}</p>
      {answer.notes.map((note) => (
        <p key={note}>{note}</p>
      ))}
    </Disclosure>
  );
}

const WORDS = words({
  de: {
    summary: 'Genauer',
    none: 'In einer so kleinen Gruppe erklären Zufall und Verschiebung auch große Abstände. Deshalb steht hier kein Urteil.',
    verdict: {
      'upper-quarter': '„Im oberen Viertel“ heißt: Die ganze Spanne liegt bei 75\u00a0% oder darüber.',
      ahead: '„Vor der Mitte“ heißt: Die ganze Spanne liegt über 50\u00a0%.',
      near: '„Ungefähr in der Mitte“ heißt: Die Spanne schließt 50\u00a0% ein; ein Unterschied zur Mitte ist nicht zu erkennen.',
      behind: '„Hinter der Mitte“ heißt: Die ganze Spanne liegt unter 50\u00a0%.',
      'lower-quarter': '„Im unteren Viertel“ heißt: Die ganze Spanne liegt bei 25\u00a0% oder darunter.',
    },
  },
  en: {
    summary: 'More exactly',
    none: 'In a group this small, chance and the moving explain large distances too. Therefore there is no verdict here.',
    verdict: {
      'upper-quarter': '“In the upper quarter” means: the whole range lies at 75% or above.',
      ahead: '“Ahead of the middle” means: the whole range lies above 50%.',
      near: '“About in the middle” means: the range includes 50%; no difference to the middle can be told.',
      behind: '“Behind the middle” means: the whole range lies below 50%.',
      'lower-quarter': '“In the lower quarter” means: the whole range lies at 25% or below.',
    },
  },
});
