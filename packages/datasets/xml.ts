/** An element with what it holds: texts are escaped, elements are not. Undefined children are left out. */
export function element(
  name: string,
  attributes: Readonly<Record<string, string | number | undefined>>,
  children: readonly (Xml | string | number | undefined)[] = [],
): Xml {
  const given = Object.entries(attributes).flatMap(([key, value]) =>
    value === undefined ? [] : [` ${key}="${escapeXml(`${value}`)}"`],
  );
  const inner = children.flatMap((child) =>
    child === undefined ? [] : [child instanceof Xml ? child.text : escapeXml(`${child}`)],
  );
  const start = `<${name}${given.join('')}`;
  return new Xml(inner.length === 0 ? `${start}/>` : `${start}>${inner.join('')}</${name}>`);
}

/** Written XML. */
export class Xml {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

/** Characters that XML 1.0 does not know are left out. */
export function escapeXml(text: string): string {
  return (
    text
      // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
      .replaceAll(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g, '')
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
      .replaceAll('"', '&quot;')
  );
}
