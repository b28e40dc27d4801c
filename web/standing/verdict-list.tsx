import type { Lang } from '#contracts/text';
import { Disclosure } from '../components/disclosure.tsx';
import { words } from '../words.ts';
import type { StandingAnswer } from './standing-source.ts';

type DimensionAnswer = StandingAnswer['dimensions'][number];

/** One verdict a dimension, told first; the sentence; and how sure that is, one click away. */
export function VerdictList({ lang, answer }: { lang: Lang; answer: StandingAnswer }) {
  return (
    <ol class="verdicts">
      {answer.dimensions.map((line) => (
        <li key={line.dimension} class={line.dimension === 'overall' ? 'verdict verdict--overall' : 'verdict'}>
          <h3 class="verdict__title">{line.title}</h3>
          <p class="verdict__word">
            <Mark kind={line.standing?.verdict ?? line.state} />
            {line.verdict}
          </p>
          <p class="verdict__sentence">{line.sentence}</p>
          {line.standing ? <HowSure lang={lang} line={line} answer={answer} /> : null}
        </li>
      ))}
    </ol>
  );
}

/** The verdict as a shape: where the own pin lies from the middle. The word beside it says the same. */
function Mark({ kind }: { kind: string }) {
  const place = { behind: 5, near: 14, ahead: 23 }[kind];
  return (
    <svg class="verdict__mark" width="28" height="16" viewBox="0 0 28 16" aria-hidden="true" focusable="false">
      <path d="M1 10h26" stroke="currentColor" stroke-opacity=".45" stroke-width="2" />
      <path d="M14 4v12" stroke="currentColor" stroke-width="2" />
      {place === undefined ? null : <path class="verdict__pin" d={`M${place - 4} 0h8l-4 9z`} />}
      {kind === 'indistinct' ? <path class="verdict__pin verdict__pin--open" d="M5 3.5h18" /> : null}
    </svg>
  );
}

function HowSure({ lang, line, answer }: { lang: Lang; line: DimensionAnswer; answer: StandingAnswer }) {
  const text = WORDS[lang];
  const { standing } = line;
  if (!standing) return null;
  return (
    <Disclosure
      summary={
        <>
          {text.summary} <span class="visually-hidden">({line.title})</span>
        </>
      }
    >
      <p>{text.band(Math.floor(standing.bandFrom / 10), Math.ceil(standing.bandTo / 10))}</p>
      <p>{text.interval(Math.floor(standing.intervalFrom / 10), Math.ceil(standing.intervalTo / 10))}</p>
      <p>{text.verdict[standing.verdict]}</p>
      {answer.notes.map((note) => (
        <p key={note}>{note}</p>
      ))}
    </Disclosure>
  );
}

const WORDS = words({
  de: {
    summary: 'Wie sicher ist das?',
    band: (from: number, to: number) =>
      [
        'Feiner als veröffentlicht lässt sich Ihr Platz nicht sagen.',
        from > 0 ? `Mindestens ${from}\u00a0% der Gruppe haben einen niedrigeren Wert.` : '',
        to < 100 ? `Mindestens ${100 - to}\u00a0% haben einen höheren.` : '',
      ]
        .filter(Boolean)
        .join(' '),
    interval: (from: number, to: number) =>
      `Rechnet man die Unschärfe ein, die eine Gruppe dieser Größe mit sich bringt, sind Sie weiter als ${from} bis ${to}\u00a0% (Spanne zu 95\u00a0%).`,
    verdict: {
      ahead: '„Vor der Mitte“ heißt: Auch am unteren Ende dieser Spanne sind Sie weiter als die Hälfte.',
      behind: '„Hinter der Mitte“ heißt: Auch am oberen Ende dieser Spanne sind Sie nicht weiter als die Hälfte.',
      near: '„Nahe der Mitte“ heißt: Die ganze Spanne liegt zwischen einem Viertel und drei Vierteln.',
      indistinct:
        '„Noch nicht zu unterscheiden“ heißt: Die Spanne schließt die Mitte ein und reicht zu weit für eine klarere Aussage. Mit mehr Teilnahmen wird sie enger.',
    },
  },
  en: {
    summary: 'How sure is that?',
    band: (from: number, to: number) =>
      [
        'Your place cannot be told more finely than figures are published.',
        from > 0 ? `At least ${from}% of the group have a lower score.` : '',
        to < 100 ? `At least ${100 - to}% have a higher one.` : '',
      ]
        .filter(Boolean)
        .join(' '),
    interval: (from: number, to: number) =>
      `Allowing for the uncertainty of a group of this size, you are further along than ${from} to ${to}% (95% range).`,
    verdict: {
      ahead: '“Ahead of the middle” means: even at the lower end of this range you are further along than half.',
      behind: '“Behind the middle” means: even at the upper end of this range you are not further along than half.',
      near: '“Near the middle” means: the whole range lies between a quarter and three quarters.',
      indistinct:
        '“Not yet distinguishable” means: the range includes the middle and is too wide for a clearer statement. It narrows with more participations.',
    },
  },
});
