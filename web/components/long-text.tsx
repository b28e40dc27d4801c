import { Fragment, type VNode } from 'preact';
import type { Lang } from '#contracts/text';
import { words } from '../words.ts';
import { List } from './list.tsx';

/** A paragraph, the points of a list, or something of its own. */
export type Block = string | readonly string[] | VNode | null;

/** Title and blocks, made from what is given; null: left out. */
type Section<Given> = (given: Given) => [title: string, ...body: Block[]] | null;

/** Sections by the ids of their headings: in each language, or one for both where it takes its words from elsewhere. */
export type Sections<Given> = Record<string, Section<Given> | Record<Lang, Section<Given>>>;

/** A text of several sections with its contents beside it (above it on a narrow screen). */
export function LongText<Given extends { lang: Lang }>({ of, given }: { of: Sections<Given>; given: Given }) {
  const sections = Object.entries(of).flatMap(([id, section]) => {
    const [title, ...body] = (typeof section === 'function' ? section : section[given.lang])(given) ?? [];
    return title === undefined ? [] : [{ id, title, body }];
  });
  return (
    <div class="long-text">
      <nav class="long-text__contents no-print" aria-labelledby="contents">
        <p id="contents">{WORDS[given.lang].contents}</p>
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
            {body.map((block, place) =>
              typeof block === 'string' ? <p key={place}>{block}</p> : isList(block) ? <List items={block} /> : block,
            )}
          </Fragment>
        ))}
      </div>
    </div>
  );
}

const isList = (block: Block): block is readonly string[] => Array.isArray(block);

const WORDS = words({ de: { contents: 'Auf dieser Seite' }, en: { contents: 'On this page' } });
