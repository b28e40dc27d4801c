import { type ComponentChildren, Fragment } from 'preact';
import type { Lang } from '#contracts/text';
import { words } from '../words.ts';

/** A part of a long text; `id` is its heading's. */
export interface Section {
  id: string;
  title: string;
  body: ComponentChildren;
}

/** A text of several sections with its contents beside it (above it on a narrow screen). */
export function LongText({ lang, sections }: { lang: Lang; sections: Section[] }) {
  return (
    <div class="long-text">
      <nav class="long-text__contents no-print" aria-labelledby="contents">
        <p id="contents">{WORDS[lang].contents}</p>
        <ul>
          {sections.map(({ id, title }) => (
            <li key={id}>
              <a href={`#${id}`}>{title}</a>
            </li>
          ))}
        </ul>
      </nav>
      <div class="long-text__body">
        {sections.map(({ id, title, body }) => (
          <Fragment key={id}>
            <h2 id={id}>{title}</h2>
            {body}
          </Fragment>
        ))}
      </div>
    </div>
  );
}

const WORDS = words({ de: { contents: 'Auf dieser Seite' }, en: { contents: 'On this page' } });
