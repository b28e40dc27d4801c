import type { Instrument } from '#contracts/instrument';
import type { Lang } from '#contracts/text';
import type { Draft } from './draft.ts';
import type { Step } from './steps.ts';
import type { TabReceipt } from './use-receipt.ts';
import type { Go } from './use-step.ts';

/** What every step of the check is given. */
export interface StepProps {
  lang: Lang;
  instrument: Instrument;
  draft: Draft;
  change: (next: (draft: Draft) => Draft) => void;
  step: Step;
  go: Go;
  tab: TabReceipt;
  /** `YYYY-MM-DD` on the visitor's calendar; empty until the browser was asked. */
  today: string;
}
