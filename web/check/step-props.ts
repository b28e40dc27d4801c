import type { Instrument } from '#contracts/instrument';
import type { Lang } from '#contracts/text';
import type { Draft } from './draft.ts';
import type { Go } from './use-step.ts';

/** What every step of the check is given. */
export interface StepProps {
  lang: Lang;
  instrument: Instrument;
  draft: Draft;
  change: (next: (draft: Draft) => Draft) => void;
  go: Go;
}
