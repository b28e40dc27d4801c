import type { ComponentChildren } from 'preact';
import { STEP_HEADING } from './use-step.ts';

/** The heading of a step; it takes the focus when the step opens, so that screen readers begin there. */
export function StepHeading({ children }: { children: ComponentChildren }) {
  return (
    <h1 id={STEP_HEADING} class="check__heading" tabIndex={-1}>
      {children}
    </h1>
  );
}
