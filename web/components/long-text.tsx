import type { ComponentChildren } from 'preact';
import type { Lang } from '#contracts/text';
import { words } from '../words.ts';

/**
 * A text of several sections with its contents beside it (above it on a narrow screen).
 *
 * @param contents the sections' headings by the ids of their elements
 */
export function LongText({
  lang,
  contents,
  children,
}: {
  lang: Lang;
  contents: { id: string; title: string }[];
  children: ComponentChildren;
}) {
  return (
    <div class="long-text">
      <nav class="long-text__contents no-print" aria-labelledby="contents">
        <p id="contents">{WORDS[lang].contents}</p>
        <ul>
          {contents.map(({ id, title }) => (
            <li key={id}>
              <a href={`#${id}`}>{title}</a>
            </li>
          ))}
        </ul>
      </nav>
      <div class="long-text__body">{children}</div>
    </div>
  );
}

const WORDS = words({ de: { contents: 'Auf dieser Seite' }, en: { contents: 'On this page' } });
