import type { JSX } from 'preact';

/**
 * Where a Rückkehr-Code is written. On a phone its 35 symbols take two lines, so that all of them are seen; Enter sends the
 * form, as from any field of one line.
 */
export function CodeField(more: Omit<JSX.IntrinsicElements['textarea'], 'class' | 'rows' | 'onKeyDown'>) {
  return (
    <textarea
      class="code-field"
      rows={1}
      maxLength={80}
      spellcheck={false}
      autocapitalize="characters"
      autocomplete="off"
      onKeyDown={(event) => {
        if (event.key !== 'Enter') return;
        event.preventDefault();
        event.currentTarget.form?.requestSubmit();
      }}
      {...more}
    />
  );
}
