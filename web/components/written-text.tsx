import type { ComponentChildren, VNode } from 'preact';
import type { Lang } from '#contracts/text';
import { type PageName, pathTo, SITE_MAP } from '../site-map.ts';
import { Disclosure } from './disclosure.tsx';
import { LongText } from './long-text.tsx';
import { Table } from './table.tsx';

/** A paragraph (`### ` begins a heading, `:name` is a part of the page), a list, a table, or a list behind a summary. */
type Block =
  | string
  | string[]
  | { caption: string; columns: string[]; rows: string[][] | string }
  | { summary: string; items: string[] };

/** Sections by the ids of their headings; in each language the title, then blocks. */
type Texts = Record<string, Record<Lang, Block[]>>;

interface WrittenTextProps {
  lang: Lang;
  of: Texts;
  given?: object;
  parts?: Record<string, VNode | null>;
}

/**
 * A text of several sections that lies in a file of its own.
 *
 * @param of a file beside the page. `{policy.minParticipations}` takes a value of `given`, `[words](method)` links a page; a
 *   block that names a null is left out, and the whole section where its title does
 * @throws Error where the text names a value or a part that there is not
 */
export function WrittenText({ lang, of, given = {}, parts = {} }: WrittenTextProps) {
  const fill = (text: string) => filled(text, given, lang);
  const list = (items: string[]) => (
    <ul>
      {items.map((item) => (
        <li key={item}>{linked(fill(item), lang)}</li>
      ))}
    </ul>
  );
  const shown = (block: Block): VNode | null => {
    if (Array.isArray(block)) return list(block);
    if (typeof block !== 'string') {
      if ('summary' in block) return <Disclosure summary={block.summary}>{list(block.items)}</Disclosure>;
      const { caption, columns, rows } = block;
      const cells = typeof rows === 'string' ? (valueAt(rows, given) as string[][]) : rows.map((row) => row.map(fill));
      return <Table caption={caption} columns={columns} rows={cells} />;
    }
    if (block.startsWith(':')) return known(parts[block.slice(1)], block);
    if (block.startsWith('### ')) return <h3>{block.slice(4)}</h3>;
    const text = fill(block);
    return text === null ? null : <p>{linked(text, lang)}</p>;
  };
  const sections = Object.entries(of).flatMap(([id, { [lang]: blocks }]) => {
    const title = fill(blocks[0] as string);
    return title === null ? [] : [{ id, title, body: blocks.slice(1).map(shown) }];
  });
  return <LongText lang={lang} sections={sections} />;
}

/** A text with the values it names, numbers as the language writes them; null where one of them is. */
function filled(text: string, given: object, lang: Lang): string | null {
  const values = [...text.matchAll(/\{([\w.-]+)\}/g)].map(([, path]) => valueAt(path!, given));
  if (values.includes(null)) return null;
  return text.replaceAll(/\{[\w.-]+\}/g, () => (values.shift() as number | string).toLocaleString(lang));
}

const valueAt = (path: string, given: object): unknown =>
  known(
    path.split('.').reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], given),
    path,
  );

function known<Value>(value: Value | undefined, name: string): Value {
  if (value === undefined) throw new Error(`The text names "${name}", which is not given.`);
  return value;
}

/** A text whose `[words](target)` are links: to a page of the site, or to an address. */
function linked(text: string | null, lang: Lang): ComponentChildren {
  const [plain = '', label, target, ...rest] = (text ?? '').split(/\[([^\]]+)\]\(([^)]+)\)/);
  if (target === undefined) return plain;
  const href = target in SITE_MAP ? pathTo(target as PageName, lang) : target;
  const more = rest.length > 1 ? linked(text!.slice(plain.length + label!.length + target.length + 4), lang) : rest;
  return (
    <>
      {plain}
      <a href={href}>{label}</a>
      {more}
    </>
  );
}
