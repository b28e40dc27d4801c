/** The screens after the overview. Half of the check, and not asked for before its first question is open. */
export { CodeStep } from './code-step.tsx';
export { MoreStep } from './more-step.tsx';
export { ProfileStep } from './profile-step.tsx';
export { SentStep } from './sent-step.tsx';
export { SummaryStep } from './summary-step.tsx';
