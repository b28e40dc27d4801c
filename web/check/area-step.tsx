import type { Dimension } from '#contracts/instrument';
import { Button } from '../components/button.tsx';
import { words } from '../words.ts';
import { feedbackOn } from './feedback.ts';
import { FeedbackCard } from './feedback-card.tsx';
import { StepButtons } from './step-buttons.tsx';
import { StepHeading } from './step-heading.tsx';
import type { StepProps } from './step-props.ts';

/** What came out of an area, before the next one begins. */
export function AreaStep({ lang, instrument, draft, step, go, area }: StepProps & { area: Dimension }) {
  const text = WORDS[lang];
  const feedback = feedbackOn(instrument, draft.answers).dimensions.find(({ dimension }) => dimension === area);
  const next = instrument.dimensions[instrument.dimensions.indexOf(area) + 1];
  return (
    <>
      <StepHeading>{text.title}</StepHeading>
      {feedback ? <FeedbackCard {...{ lang, instrument, feedback, go }} /> : null}
      {next ? (
        <p>
          {text.next} <strong>{next.title[lang]}.</strong> {next.description[lang]}
        </p>
      ) : null}
      <StepButtons {...{ lang, instrument, step, go }}>
        <Button kind="quiet" onClick={() => go('overview')}>
          {text.look}
        </Button>
      </StepButtons>
    </>
  );
}

const WORDS = words({
  de: {
    title: 'Ihr Zwischenstand',
    next: 'Als Nächstes:',
    look: 'Alle Bereiche ansehen',
  },
  en: {
    title: 'Your result so far',
    next: 'Next:',
    look: 'Look at all areas',
  },
});
