import type { ComponentChildren } from 'preact';

/** More for those who want it, one click away and without script. */
export function Disclosure({ summary, children }: { summary: ComponentChildren; children: ComponentChildren }) {
  return (
    <details class="disclosure">
      <summary>{summary}</summary>
      <div class="disclosure__body">{children}</div>
    </details>
  );
}
