import fc from 'fast-check';
import openApi from '../../functions/api/openapi.json' with { type: 'json' };

/** One request as it goes over the wire. */
export interface FuzzRequest {
  method: string;
  /** With the query. */
  path: string;
  headers: [name: string, value: string][];
  body: Uint8Array<ArrayBuffer> | undefined;
}

interface Operation {
  parameters?: { in: string; name: string }[];
}

const PATHS = openApi.paths as unknown as Record<string, Record<string, Operation>>;

/** What requests are made of besides chance: things that exist, so that some get past the first checks. */
export interface Known {
  receipts: string[];
  sourceKeys: string[];
  joinCodes: string[];
  releases: string[];
  files: string[];
  /** A body that the service takes. */
  body: Record<string, unknown>;
}

/** Requests to every operation of the api's description, from nearly right to nonsense. */
export function requests(known: Known): fc.Arbitrary<FuzzRequest> {
  const operations = Object.entries(PATHS).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method: method.toUpperCase(), operation })),
  );
  // Submissions have the most to get wrong.
  const weighted = operations.map((operation) => ({
    weight: operation.path === '/v1/submissions' && operation.method === 'POST' ? 25 : 1,
    arbitrary: fc.constant(operation),
  }));
  return fc.oneof(...weighted).chain(({ path, method, operation }) => {
    const names = (place: string) =>
      (operation.parameters ?? []).filter((entry) => entry.in === place).map(({ name }) => name);
    return fc.record({
      method: often(fc.constant(method), fc.constantFrom('GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS')),
      path: fc.tuple(filledPath(path, known), query(names('query'), known)).map(([place, rest]) => `${place}${rest}`),
      headers: headers(known),
      body: method === 'POST' ? often(body(known), bytes()) : fc.constant(undefined),
    });
  });
}

/** Four times in five the first. */
function often<A, B>(usual: fc.Arbitrary<A>, odd: fc.Arbitrary<B>): fc.Arbitrary<A | B> {
  return fc.oneof({ weight: 4, arbitrary: usual }, { weight: 1, arbitrary: odd });
}

/** Texts that have broken programs: control, bidi and null characters, lone surrogates, prototypes, paths, templates. */
const NASTY = [
  '',
  ' ',
  '\u0000',
  '\u202Eabc\u202C',
  '\uD800',
  '\uDFFFx',
  '\uFEFF',
  'İ',
  'ﷺ',
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  '../../../../etc/passwd',
  '..%2f..%2fpackage.json',
  '%00',
  '%',
  '%E0%A4%A',
  '//evil.example/',
  '\\..\\',
  '=1+1',
  "' OR 1=1 --",
  '<script>alert(1)</script>',

  '{{7*7}}',
  '{instrument}',
  '1e309',
  '-0',
  'NaN',
  'null',
  'true',
  '0x10',
  '9'.repeat(400),
  'a'.repeat(9_000),
  '2026-02-30',
  '0000-00-00',
  'digitalcheck.1',
  'digitalcheck.99',
  'level=facility',
  'level=facility,sector=elder-care',
  'sector=elder-care,sector=elder-care',
  'all',
];

function text(): fc.Arbitrary<string> {
  return fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom(...NASTY) },
    { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 60 }) },
  );
}

/** The path with its placeholders filled in, mostly with what exists, now and then with a tail that does not belong. */
function filledPath(path: string, { releases, files }: Known): fc.Arbitrary<string> {
  const existing = path.startsWith('/v1/instruments') ? ['digitalcheck.1', 'egovernment.1'] : releases;
  const parts = path.split('/').map((part) => {
    if (!part.includes('{')) return fc.constant(part);
    const [before = '', after = ''] = part.split(/\{\w+\}/);
    const real = fc.constantFrom(...(part.includes('{name}') ? files : existing));
    return often(real, text().map(encoded)).map((value) => `${before}${value}${after}`);
  });
  const tail = fc.oneof(
    { weight: 12, arbitrary: fc.constant('') },
    { weight: 1, arbitrary: fc.constantFrom('/', '.json', '/%2e%2e/', '//', ';a=b', '%00') },
  );
  return fc.tuple(fc.tuple(...parts), tail).map(([segments, end]) => `${segments.join('/')}${end}`);
}

/** Sometimes as it stands, so that broken encodings reach the router too. */
function encoded(value: string): string {
  return /^[\x21-\x7e]{1,40}$/.test(value) && !/[?#\\]/.test(value) ? value : encodeURIComponent(wellFormed(value));
}

const QUERY_VALUES = [
  ...['digitalcheck.1', 'egovernment.1', 'de', 'en', 'fr', 'standing', 'distribution', 'progress', 'wide', 'narrow'],
  ...['light', 'dark', 'print', 'level=facility', 'level=facility,sector=elder-care', 'level=carrier', 'size=50-249'],
];

function query(names: string[], { releases }: Known): fc.Arbitrary<string> {
  const name = names.length > 0 ? often(fc.constantFrom(...names), text()) : text();
  const value = often(fc.constantFrom(...QUERY_VALUES, ...releases), text());
  const pair = fc.tuple(name, value).map(([key, entry]) => `${part(key)}=${part(entry)}`);
  const all = fc
    .tuple(...names.map((key) => fc.constantFrom(...QUERY_VALUES).map((entry) => `${key}=${part(entry)}`)))
    .map((pairs) => pairs);
  return fc
    .oneof(fc.constant([] as string[]), fc.array(pair, { maxLength: 6 }), all)
    .map((pairs) => (pairs.length === 0 ? '' : `?${pairs.join('&')}`));
}

/** Lone surrogates cannot stand in an address; they become U+FFFD. */
const wellFormed = (value: string) => new TextDecoder().decode(new TextEncoder().encode(value));

const part = (value: string) => encodeURIComponent(wellFormed(value));

/** What a header may hold without the client itself refusing it. */
const headerText = () => text().map((value) => value.replaceAll(/[^\t\x20-\x7e\x80-\xff]/g, '').slice(0, 4_000));

function headers({ receipts, sourceKeys }: Known): fc.Arbitrary<[string, string][]> {
  const authorization = often(
    fc.constantFrom(...receipts).map((receipt) => `Bearer ${receipt}`),
    fc.oneof(
      headerText(),
      headerText().map((value) => `Bearer ${value}`),
      fc.constantFrom('Bearer', 'Basic YTpi', `bearer ${receipts[0]!.toLowerCase()}`, `Bearer ${receipts[0]} x`),
    ),
  );
  const optional = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined, freq: 12 });
  return fc
    .record({
      Authorization: optional(authorization),
      'Idempotency-Key': optional(often(fc.uuid(), headerText())),
      'Content-Type': optional(
        often(
          fc.constant('application/json'),
          fc.oneof(
            fc.constantFrom(
              'application/json; charset=utf-16',
              'text/plain',
              'multipart/form-data',
              'application/json;;=',
            ),
            headerText(),
          ),
        ),
      ),
      'Source-Key': fc.option(often(fc.constantFrom(...sourceKeys), headerText()), { nil: undefined, freq: 1 }),
      Accept: fc.option(
        often(fc.constantFrom('application/json', 'text/html', 'image/svg+xml', '*/*', 'text/csv'), headerText()),
        { nil: undefined, freq: 1 },
      ),
      'Accept-Language': fc.option(often(fc.constantFrom('de', 'en', 'fr, de;q=0.1'), headerText()), {
        nil: undefined,
        freq: 1,
      }),
      'If-None-Match': fc.option(headerText(), { nil: undefined, freq: 1 }),
      'Content-Encoding': fc.option(headerText(), { nil: undefined, freq: 1 }),
      'X-Forwarded-For': fc.option(headerText(), { nil: undefined, freq: 1 }),
    })
    .map((record) =>
      Object.entries(record).flatMap(([name, value]) =>
        value === undefined ? [] : [[name, value] as [string, string]],
      ),
    );
}

/** A body that is right but for a change or two; sometimes right altogether. */
function body(known: Known): fc.Arbitrary<Uint8Array<ArrayBuffer>> {
  const change = fc.tuple(fc.constantFrom(...placesIn(known.body)), anyValue(known));
  return fc.array(change, { maxLength: 3 }).map((changes) => {
    const changed = structuredClone(known.body);
    // A copy: the same object put into itself would be no JSON any more.
    for (const [place, value] of changes) setAt(changed, place, structuredClone(value));
    return new TextEncoder().encode(JSON.stringify(changed));
  });
}

/** Where a value stands in a body, or a key that should not be there. */
function placesIn(value: Record<string, unknown>): string[][] {
  const places = Object.entries(value).flatMap(([key, inner]): string[][] => [
    [key],
    ...(typeof inner === 'object' && inner !== null
      ? Object.keys(inner)
          .slice(0, 4)
          .map((name) => [key, name])
      : []),
  ]);
  const foreign = ['__proto__', 'constructor', 'extra', 'associations', 'carrierSecret', 'scores', 'questions'];
  return [
    ...places,
    ...foreign.map((key) => [key]),
    ['answers', '__proto__'],
    ['profile', 'constructor'],
    ['profile', ''],
  ];
}

function setAt(target: Record<string, unknown>, [first, second]: string[], value: unknown): void {
  // As JSON text has it: `__proto__` is a key like any other.
  const put = (object: object, key: string) =>
    Object.defineProperty(object, key, { value, enumerable: true, configurable: true, writable: true });
  if (second === undefined) put(target, first!);
  else {
    const inner = Object.getOwnPropertyDescriptor(target, first!)?.value as unknown;
    if (typeof inner === 'object' && inner !== null) put(inner, second);
  }
}

function anyValue({ joinCodes }: Known): fc.Arbitrary<unknown> {
  return fc.oneof(
    text(),
    fc.constantFrom<unknown>(
      ...[0, 1, 4, 5, -1, 0.5, 1e21, -0, 100, 101, Number.MAX_SAFE_INTEGER, null, true, [], {}, 'na', 'dk'],
      ...['egovernment.1', '2026-06-29', '2026-07-02', '1999-12-31', '2024-02-29', { de: 'x' }],
      ...[joinCodes, [...joinCodes, ...joinCodes], [joinCodes[0], 'NOPE-NOPE'], [['nested']]],
      ...[deep(2_000), wide(3_000), 'x'.repeat(70_000)],
    ),
    fc.jsonValue({ depthSize: 'medium', noUnicodeString: false } as fc.JsonSharedConstraints),
  );
}

function deep(levels: number): unknown {
  let value: unknown = 1;
  for (let level = 0; level < levels; level++) value = level % 2 === 0 ? [value] : { a: value };
  return value;
}

const wide = (keys: number) => Object.fromEntries(Array.from({ length: keys }, (_, key) => [`k${key}`, key]));

/** No JSON, or JSON that no `JSON.stringify` would write. */
function bytes(): fc.Arbitrary<Uint8Array<ArrayBuffer>> {
  const encode = (value: string) => new TextEncoder().encode(value);
  return fc.oneof(
    fc.uint8Array({ maxLength: 300 }).map((value) => new Uint8Array(value)),
    text().map(encode),
    fc.constantFrom(
      encode(`${'['.repeat(30_000)}`),
      encode(`${'['.repeat(30_000)}${']'.repeat(30_000)}`),
      encode('{"instrument":"digitalcheck.1","instrument":"digitalcheck.1"}'),
      encode('{"profile":{"level":"facility","level":"carrier"}}'),
      encode('{"a":1e400}'),
      encode('{"a":"\\ud800"}'),
      encode(`{"answers":${'9'.repeat(5_000)}}`),
      encode('\uFEFF{}'),
      Uint8Array.from([0x22, 0xff, 0xfe, 0x22]),
      Uint8Array.from([0x22, 0xed, 0xa0, 0x80, 0x22]),
      encode(' '.repeat(65_537)),
      encode(`"${'a'.repeat(65_600)}"`),
      encode('null'),
      encode('[]'),
      encode('""'),
    ),
  );
}
