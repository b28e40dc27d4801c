import type { Instrument } from '#contracts/instrument';
import type { Lang } from '#contracts/text';
import { TextButton } from '../components/button.tsx';
import { Disclosure } from '../components/disclosure.tsx';
import { words } from '../words.ts';
import type { DimensionFeedback } from './feedback.ts';
import { ScoreScale } from './score-scale.tsx';
import type { Go } from './use-step.ts';

interface FeedbackProps {
  lang: Lang;
  instrument: Instrument;
  feedback: DimensionFeedback;
  go: Go;
}

/** What a house learns of one dimension at once: its word, what one level more would look like, or what is missing. */
export function FeedbackCard(props: FeedbackProps) {
  const { lang, instrument, feedback } = props;
  const text = WORDS[lang];
  const { dimension, score, word, next } = feedback;
  const [first, ...others] = next;
  return (
    <section class="card feedback" aria-labelledby={`feedback-${dimension.id}`}>
      <h2 class="feedback__title" id={`feedback-${dimension.id}`}>
        {dimension.title[lang]}: <strong>{word ? word[lang] : text.noScore}</strong>
      </h2>
      {score === null ? (
        <Missing {...props} />
      ) : (
        <ScoreScale lang={lang} bands={instrument.maturityBands} score={score} />
      )}
      {first ? (
        <>
          <p class="feedback__lead">{text.next}</p>
          <Anchor lang={lang} next={first} />
        </>
      ) : null}
      {score !== null && !first ? <p>{text.highest}</p> : null}
      {others.length > 0 ? (
        <Disclosure summary={text.others(others.length)}>
          {others.map((entry) => (
            <Anchor key={entry.item.id} lang={lang} next={entry} />
          ))}
        </Disclosure>
      ) : null}
    </section>
  );
}

function Anchor({ lang, next }: { lang: Lang; next: DimensionFeedback['next'][number] }) {
  return (
    <blockquote class="feedback__anchor">
      <p class="feedback__item">{next.item.title[lang]}</p>
      <p>{next.anchor[lang]}</p>
    </blockquote>
  );
}

/** Why a dimension gets no score, with the way to each open question. */
export function Missing({ lang, instrument, feedback: { missing }, go }: FeedbackProps) {
  const text = WORDS[lang];
  if (!missing) return null;
  if (missing.needed > missing.applicable) return <p>{text.tooFewApply}</p>;
  return (
    <>
      <p>{text.missing(missing.needed - missing.answered)}</p>
      <ul class="feedback__open">
        {missing.unanswered.map((id) => (
          <li key={id}>
            <TextButton onClick={() => go(`item-${id}`)}>
              {instrument.items.find((item) => item.id === id)?.title[lang]}
            </TextButton>
          </li>
        ))}
      </ul>
    </>
  );
}

const WORDS = words({
  de: {
    noScore: 'noch kein Wert',
    next: 'Eine Stufe weiter sähe bei Ihnen zum Beispiel so aus:',
    others: (count: number) =>
      count === 1 ? 'Die nächste Stufe bei einer weiteren Frage' : `Die nächste Stufe bei ${count} weiteren Fragen`,
    highest: 'Bei allen beantworteten Fragen stehen Sie auf der höchsten Stufe.',
    tooFewApply: 'Ein Wert braucht mindestens drei Fragen, die auf Sie zutreffen. Hier treffen weniger zu.',
    missing: (count: number) =>
      count === 1
        ? 'Für einen Wert fehlt noch eine Antwort. Offen oder mit „Weiß nicht“ beantwortet:'
        : `Für einen Wert fehlen noch ${count} Antworten. Offen oder mit „Weiß nicht“ beantwortet:`,
  },
  en: {
    noScore: 'no score yet',
    next: 'One level further would look like this, for example:',
    others: (count: number) =>
      count === 1 ? 'The next level of one more question' : `The next level of ${count} more questions`,
    highest: 'You are at the highest level in every question you answered.',
    tooFewApply: 'A score needs at least three questions that apply to you. Fewer apply here.',
    missing: (count: number) =>
      count === 1
        ? 'One more answer is needed for a score. Open, or answered with “Don’t know”:'
        : `${count} more answers are needed for a score. Open, or answered with “Don’t know”:`,
  },
});
