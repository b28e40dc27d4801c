/**
 * Which step of how many: a list of steps whose current one is marked, readable without colour and by screen readers.
 *
 * @param current index from 0
 */
export function Progress({ label, steps, current }: { label: string; steps: string[]; current: number }) {
  return (
    <ol class="progress" aria-label={label}>
      {steps.map((step, index) => (
        <li
          key={step}
          class={index < current ? 'progress__step progress__step--done' : 'progress__step'}
          aria-current={index === current ? 'step' : undefined}
        >
          <span class="progress__name">{step}</span>
        </li>
      ))}
    </ol>
  );
}
