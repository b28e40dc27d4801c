import type { Dimension, Instrument, Item } from '#contracts/instrument';
import type { Answer } from '#contracts/submission';
import type { Lang } from '#contracts/text';
import { Button } from '../components/button.tsx';
import { RadioCards } from '../components/radio-cards.tsx';
import { words } from '../words.ts';
import { withAnswer } from './draft.ts';
import { feedbackOn } from './feedback.ts';
import { FeedbackCard } from './feedback-card.tsx';
import { StepHeading } from './step-heading.tsx';
import type { StepProps } from './step-props.ts';
import { dimensionOf, formerStep, nextStep, type Step } from './steps.ts';

/** One dimension: what came out of the one before, then its items. */
export function AreaStep({
  lang,
  instrument,
  draft,
  change,
  go,
  step,
  dimension,
}: StepProps & { step: Step; dimension: Dimension }) {
  const text = WORDS[lang];
  const items = instrument.items.filter((item) => item.dimension === dimension.id);
  const former = dimensionOf(formerStep(step, instrument), instrument);
  const next = nextStep(step, instrument);
  const isBegun = former && instrument.items.some((item) => item.dimension === former.id && item.id in draft.answers);
  const feedback = feedbackOn(instrument, draft.answers).dimensions.find((entry) => entry.dimension.id === former?.id);
  return (
    <>
      <StepHeading>{dimension.title[lang]}</StepHeading>
      <p class="lead">{dimension.description[lang]}</p>
      {feedback && isBegun ? <FeedbackCard lang={lang} instrument={instrument} feedback={feedback} go={go} /> : null}
      <p class="quiet">{text.howTo}</p>
      {items.map((item) => (
        <ItemQuestion
          key={item.id}
          lang={lang}
          item={item}
          number={instrument.items.indexOf(item) + 1}
          value={draft.answers[item.id]}
          onAnswer={(answer) => change((current) => withAnswer(current, item.id, answer))}
        />
      ))}
      <div class="buttons">
        <Button onClick={() => go(next)}>{text.next(titleOf(next, instrument, lang) ?? text.overview)}</Button>
        <Button kind="secondary" onClick={() => go(formerStep(step, instrument))}>
          {text.back}
        </Button>
        {next === 'overview' ? null : (
          <Button kind="quiet" onClick={() => go('overview')}>
            {text.look}
          </Button>
        )}
      </div>
    </>
  );
}

const titleOf = (step: Step, instrument: Instrument, lang: Lang) => dimensionOf(step, instrument)?.title[lang];

/** One item: its theme, the question, five anchors, and the two ways not to choose one. */
export function ItemQuestion({
  lang,
  item,
  number,
  value,
  onAnswer,
}: {
  lang: Lang;
  item: Item;
  number: number;
  value: Answer | undefined;
  onAnswer: (answer: Answer) => void;
}) {
  const text = WORDS[lang];
  const levels = item.anchors.map((anchor, level) => ({ value: String(level), label: anchor[lang] }));
  const asides = [
    { value: 'na', label: text.doesNotApply, isAside: true },
    { value: 'dk', label: text.doNotKnow, isAside: true },
  ];
  return (
    <div class="check__item" id={`item-${item.id}`}>
      <RadioCards
        name={`answer-${item.id}`}
        legend={
          <>
            <span class="check__theme">
              {number}. {item.title[lang]}
            </span>
            {item.question[lang]}
          </>
        }
        choices={[...levels, ...asides]}
        value={value === undefined ? null : String(value)}
        onChange={(chosen) => onAnswer(chosen === 'na' || chosen === 'dk' ? chosen : (Number(chosen) as Answer))}
      />
    </div>
  );
}

const WORDS = words({
  de: {
    howTo: 'Wählen Sie die letzte Beschreibung, die in Ihrem Alltag heute überwiegend zutrifft.',
    next: (title: string) => `Weiter: ${title}`,
    overview: 'Überblick',
    back: 'Zurück',
    look: 'Zwischenstand ansehen',
    doesNotApply: 'Trifft nicht zu',
    doNotKnow: 'Weiß nicht',
  },
  en: {
    howTo: 'Choose the last description that mostly applies in your daily work today.',
    next: (title: string) => `Next: ${title}`,
    overview: 'overview',
    back: 'Back',
    look: 'Look at the result so far',
    doesNotApply: 'Does not apply',
    doNotKnow: 'Don’t know',
  },
});
