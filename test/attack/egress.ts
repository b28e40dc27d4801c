import type { Hono } from 'hono';
import openApi from '../../functions/api/openapi.json' with { type: 'json' };

/**
 * Everything that a service answers, asked of it and of a mirror that holds released values alone. The routes are those
 * of the running app, their parameters those of its own description: a new route is walked without a word here, or,
 * where it asks for something this file does not know, reported as unknown.
 */
export interface Asked {
  method: string;
  path: string;
  headers: Record<string, string>;
  body?: string;
}

/** What requests are made of: the values of parameters by name, and the secrets of who asks. */
export interface Known {
  instruments: string[];
  releases: string[];
  groups: string[];
  files: string[];
  associations: string[];
  /** By the name of the security scheme: the good credential first. */
  credentials: Record<string, string[]>;
  /** Bodies of requests that write, by method and route. */
  bodies: Record<string, string[]>;
}

const FORMATS = [
  ...['application/json', 'text/csv', 'image/svg+xml', 'text/html', 'application/pdf', '*/*'],
  ...['application/vnd.vegalite.v6+json', 'application/vnd.vega.v6+json'],
];
const LANGUAGES = ['de', 'en', 'fr'];
const METHODS = ['POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS'];

interface Operation {
  security?: Record<string, unknown>[];
  parameters?: { in: string; name: string; schema?: Schema }[];
}
interface Schema {
  $ref?: string;
  enum?: string[];
}
const schemas = openApi.components.schemas as unknown as Record<string, Schema>;
/** The codes that a parameter may have. */
const codesOf = (schema: Schema | undefined) => (schema?.$ref ? schemas[schema.$ref.split('/').at(-1)!] : schema)?.enum;
const operations = openApi.paths as unknown as Record<string, Record<string, Operation>>;

/** Requests to every route of an app, those that read before those that write; and what of it cannot be asked. */
export function walkOf(app: Pick<Hono, 'routes'>, known: Known): { requests: Asked[]; unknown: string[] } {
  const unknown: string[] = [];
  const reading: Asked[] = [];
  const writing: Asked[] = [];
  const routes = new Set(app.routes.filter(({ method }) => method !== 'ALL').map((one) => `${one.method} ${one.path}`));
  for (const route of [...routes].sort()) {
    const [method, pattern] = route.split(' ') as [string, string];
    const operation = operations[pattern.replaceAll(/:(\w+)/g, '{$1}')]?.[method.toLowerCase()];
    const paths = pathsOf(pattern, operation, known);
    if (paths.length === 0) unknown.push(`${route}: its path`);
    if (method === 'GET') {
      const report = (what: string) => unknown.push(`${route}: ${what}`);
      for (const path of paths) {
        const all = readings(path, operation, known, report);
        // What does not exist is not found before any parameter is read: two show it.
        reading.push(...(ABSENT.some((name) => path.includes(name)) ? all.slice(0, 2) : all));
      }
      // One piece of code answers a route, whatever formats, languages, methods and secrets come with the path: one that
      // exists and one that does not are asked with all of them.
      for (const path of new Set([paths[0]!, paths.at(-1)!])) reading.push(...variants(path, operation, known));
    } else {
      const bodies = known.bodies[route];
      if (!bodies) unknown.push(`${route}: its body`);
      for (const path of paths)
        for (const headers of credentialsOf(operation, known))
          for (const body of bodies ?? [])
            writing.push({
              method,
              path,
              headers: { ...headers, 'Idempotency-Key': 'egress-1', 'Content-Type': 'application/json' },
              body,
            });
    }
  }
  for (const path of [
    '/nothing',
    '/v1/nothing',
    '/de/nichts',
    '/v1/figures.xlsx',
    '/%00',
    '/work/fold.json',
    '/..%2fwork',
  ])
    for (const language of LANGUAGES) reading.push({ method: 'GET', path, headers: { 'Accept-Language': language } });
  return { requests: [...reading, ...writing], unknown: [...new Set(unknown)] };
}

const NO_RELEASE = '00000000';
/** Ends of ids that nothing has. */
const ABSENT = [NO_RELEASE, 'nonsense', 'c-99999999'];

function pathsOf(pattern: string, operation: Operation | undefined, known: Known): string[] {
  const owner: Record<string, string[]> = {
    '/v1/releases': [...known.releases, `${known.releases[0]!.slice(0, -8)}${NO_RELEASE}`, 'nonsense'],
    '/v1/instruments': [...known.instruments, 'nothing.1'],
    '/v1/associations': [...known.associations, 'c-99999999'],
    '/v1/releases/:id/files': [...known.files, '_files.json', '..%2f..%2fwork'],
    '/v1/associations/:id/campaigns': ['k-00000001', 'nonsense'],
  };
  let paths = [''];
  let before = '';
  for (const segment of pattern.split('/').slice(1)) {
    const name = /^:(\w+)$/.exec(segment)?.[1];
    const listed = operation?.parameters?.find((parameter) => parameter.in === 'path' && parameter.name === name);
    const values =
      segment === '*' ? ['nothing'] : name === undefined ? [segment] : (codesOf(listed?.schema) ?? owner[before] ?? []);
    paths = paths.flatMap((path) => values.map((value) => `${path}/${value}`));
    before += `/${segment}`;
  }
  return paths;
}

/** Every value of every parameter, one after the other, each group in both languages. */
function readings(
  path: string,
  operation: Operation | undefined,
  known: Known,
  report: (what: string) => void,
): Asked[] {
  const parameters = (operation?.parameters ?? []).filter((parameter) => parameter.in === 'query');
  const values: Record<string, string[]> = {};
  for (const { name, schema } of parameters) {
    const codes = codesOf(schema);
    const list = codes ? [...codes, 'nonsense'] : valuesOf(name, known);
    if (list) values[name] = list;
    else report(`its parameter ${name}`);
  }
  // Pages are not in the description of the api; what they might read is asked of them.
  if (!operation)
    Object.assign(values, {
      group: known.groups.slice(0, 2),
      layout: ['narrow'],
      theme: ['dark'],
      release: known.releases,
    });
  const start: Record<string, string> = operation && values.instrument ? { instrument: values.instrument[0]! } : {};
  const queries: Record<string, string>[] = [start, {}];
  for (const [name, list] of Object.entries(values))
    for (const value of list) queries.push({ ...start, [name]: value });
  for (const group of values.group ?? [])
    for (const extra of [{ lang: 'en' }, { lang: 'de', view: 'progress' }])
      if (values.lang && values.view) queries.push({ ...start, group, ...extra });

  const [good] = credentialsOf(operation, known);
  return queries.map((query): Asked => ({ method: 'GET', path: withQuery(path, query), headers: good! }));
}

/** The same path in other formats and languages, by other methods, with other secrets. */
function variants(path: string, operation: Operation | undefined, known: Known): Asked[] {
  const needsInstrument = operation?.parameters?.some(({ name }) => name === 'instrument');
  const first = withQuery(path, needsInstrument ? { instrument: known.instruments[0]! } : {});
  const [good, ...others] = credentialsOf(operation, known);
  const get = (headers: Record<string, string>): Asked => ({ method: 'GET', path: first, headers });
  const by = (method: string): Asked => ({ method, path: first, headers: good! });
  return [
    ...others.map(get),
    ...FORMATS.map((Accept) => get({ ...good, Accept })),
    ...LANGUAGES.map((language) => get({ ...good, 'Accept-Language': language })),
    by('HEAD'),
    ...METHODS.filter((method) => !operations[path]?.[method.toLowerCase()]).map(by),
  ];
}

function valuesOf(name: string, known: Known): string[] | undefined {
  if (name === 'instrument') return [...known.instruments, 'nothing.1'];
  if (name === 'group') return known.groups;
  if (name === 'release') return [...known.releases, 'nonsense'];
  if (name === 'unitType') return ['facility', 'carrier', 'nothing'];
  if (name === 'dimension') return ['it', 'leadership', 'nothing'];
  return undefined;
}

/** The credential that the route asks for, then none and wrong ones; a public route is sent those of others too. */
function credentialsOf(operation: Operation | undefined, known: Known): Record<string, string>[] {
  const scheme = Object.keys(operation?.security?.[0] ?? {})[0];
  const all = [...new Set([...(known.credentials[scheme ?? ''] ?? []), ...Object.values(known.credentials).flat()])];
  const headers = all.map((credential): Record<string, string> => ({ Authorization: `Bearer ${credential}` }));
  return scheme ? [...headers, {}] : [{}, ...headers];
}

function withQuery(path: string, query: Record<string, string>): string {
  const text = new URLSearchParams(query).toString();
  return text === '' ? path : `${path}?${text}`;
}

/** A service that can be asked in process; what HTTP itself adds is in wire.test.ts. */
export function asking(app: Pick<Hono, 'fetch'>) {
  return async ({ method, path, headers, body }: Asked) => {
    const response = await app.fetch(
      new Request(`https://spiegel.example.org${path}`, { method, headers, ...(body === undefined ? {} : { body }) }),
    );
    return {
      status: response.status,
      headers: [...response.headers],
      etag: response.headers.get('etag'),
      body: Buffer.from(await response.arrayBuffer()),
    };
  };
}

type Asking = ReturnType<typeof asking>;

/**
 * Asks both the same and names the answers that differ in a byte, a header or the status, with an If-None-Match of the
 * ETag each of them gave. What is the same in both follows from what the mirror holds.
 */
export async function differences(service: Asking, mirror: Asking, requests: readonly Asked[]) {
  const found: string[] = [];
  const answered = new Map<number, number>();
  // Whoever holds an answer is told so by one piece of code for each address, whatever is asked of it.
  const held = new Set<string>();
  const different = new Map(requests.map((asked) => [JSON.stringify(asked), asked]));
  for (const asked of different.values()) {
    const [address = ''] = asked.path.split('?');
    const [one, other] = [await service(asked), await mirror(asked)];
    answered.set(one.status, (answered.get(one.status) ?? 0) + 1);
    const faults = faultsOf(one, other);
    if (one.etag && asked.method === 'GET' && !held.has(address)) {
      held.add(address);
      const again = { ...asked, headers: { ...asked.headers, 'If-None-Match': one.etag } };
      faults.push(...faultsOf(await service(again), await mirror(again)).map((fault) => `held: ${fault}`));
    }
    if (faults.length > 0) found.push(`${asked.method} ${asked.path}: ${faults.join('; ')}`);
  }
  return { found, answered };
}

type Answer = Awaited<ReturnType<Asking>>;

function faultsOf(one: Answer, other: Answer): string[] {
  const faults: string[] = [];
  if (one.status !== other.status) faults.push(`status ${one.status}, not ${other.status}`);
  for (const [name, value] of one.headers) {
    const same = other.headers.find(([known]) => known === name)?.[1];
    if (same !== value) faults.push(`${name}: ${value}, not ${same}`);
  }
  if (one.headers.length < other.headers.length) faults.push('a header is missing');
  if (!one.body.equals(other.body)) faults.push(`the body, of ${one.body.length} bytes, not ${other.body.length}`);
  return faults;
}
