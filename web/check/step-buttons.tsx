import type { ComponentChildren } from 'preact';
import { Button } from '../components/button.tsx';
import { words } from '../words.ts';
import type { StepProps } from './step-props.ts';
import { stepBeside } from './steps.ts';

/**
 * The way on, as a rule to the next step, and back to the one before.
 *
 * @param next its words; "Weiter" where nothing more is to be said
 * @param isSubmit it submits the form it stands in instead
 */
export function StepButtons({
  lang,
  instrument,
  step,
  go,
  next = WORDS[lang].next,
  onNext,
  isSubmit = false,
  children,
}: Pick<StepProps, 'lang' | 'instrument' | 'step' | 'go'> & {
  next?: string;
  onNext?: () => void;
  isSubmit?: boolean;
  children?: ComponentChildren;
}) {
  const onward = onNext ?? (() => go(stepBeside(step, instrument, 1)));
  return (
    <div class="buttons">
      {isSubmit ? <Button type="submit">{next}</Button> : <Button onClick={onward}>{next}</Button>}
      <Button kind="secondary" onClick={() => go(stepBeside(step, instrument, -1))}>
        {WORDS[lang].back}
      </Button>
      {children}
    </div>
  );
}

const WORDS = words({ de: { next: 'Weiter', back: 'Zurück' }, en: { next: 'Continue', back: 'Back' } });
