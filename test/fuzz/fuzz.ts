import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import fc from 'fast-check';
import type { LogItem, StoredSubmission } from '#contracts/submission';
import { loadInstruments } from '#instruments/load-instruments';
import openApi from '../../functions/api/openapi.json' with { type: 'json' };
import { FIRST, memoryReleases, SECOND } from '../api/release-fixtures.ts';
import { associations, check, newReceipt, PARTNER_KEY, TRUSTED_KEY, testService } from '../api/test-service.ts';
import { type FuzzRequest, type Known, requests } from './requests.ts';

export interface FuzzResult {
  requests: number;
  stored: number;
  /** How many requests met each status. */
  statuses: Record<number, number>;
}

/**
 * Sends `count` requests, made from the api's description and `seed`, to the app and holds each answer against that
 * description: never a 5xx, always a documented type, nothing of the program's inside, nothing stored that the
 * contract refuses.
 *
 * @throws fast-check's error with the smallest request that breaks a rule
 */
export async function fuzz(count: number, seed: number): Promise<FuzzResult> {
  const service = await testService({ releases: memoryReleases([FIRST, SECOND]) });
  const known: Known = {
    receipts: [newReceipt(), newReceipt(), newReceipt()],
    sourceKeys: [PARTNER_KEY, TRUSTED_KEY],
    joinCodes: associations.map(({ joinCode }) => joinCode),
    releases: [FIRST.manifest.releaseId, SECOND.manifest.releaseId],
    files: ['percentiles.csv', 'datapackage.json', 'malformed-json'],
    body: await check(2, { conductedOn: '2026-06-01', questions: {}, associations: [associations[0]!.joinCode] }),
  };
  const isStorable = await storedValidator();
  const statuses: Record<number, number> = {};
  const seen = new Set<LogItem>();

  await fc.assert(
    fc.asyncProperty(requests(known), async (request) => {
      const response = await service.app.request(toRequest(request));
      statuses[response.status] = (statuses[response.status] ?? 0) + 1;
      const faults = await answerFaults(request, response);
      for (const entry of service.logged.splice(0)) if (entry.error) faults.push(`logged ${JSON.stringify(entry)}`);
      for (const item of service.submissions.items.values()) {
        if (seen.has(item)) continue;
        seen.add(item);
        if (item.kind === 'submission' && !isStorable(item)) faults.push(`stored ${JSON.stringify(item)}`);
      }
      service.answers.length = 0;
      if (faults.length > 0) throw new Error(faults.join('\n'));
    }),
    { numRuns: count, seed },
  );
  return { requests: count, stored: seen.size, statuses };
}

function toRequest({ method, path, headers, body }: FuzzRequest): Request {
  const sent = new Headers();
  for (const [name, value] of headers) sent.append(name, value);
  const hasBody = body !== undefined && method !== 'GET' && method !== 'HEAD';
  // Two slashes at the start would name a host.
  return new Request(`http://spiegel.example${path.replace(/^\/+/, '/')}`, {
    method,
    headers: sent,
    ...(hasBody ? { body } : {}),
  });
}

/** What is wrong with an answer, by the api's own description. */
export async function answerFaults({ method, path }: FuzzRequest, response: Response): Promise<string[]> {
  const faults: string[] = [];
  const text = await response.text();
  const type = response.headers.get('Content-Type')?.split(';')[0] ?? '';
  if (response.status >= 500) faults.push(`answers ${response.status}: ${text.slice(0, 300)}`);
  if (/\bat .+:\d+:\d+|node_modules|\/functions\/|\.tsx?:\d+/.test(text))
    faults.push(`shows a stack: ${text.slice(0, 300)}`);
  if (response.headers.get('X-Content-Type-Options') !== 'nosniff') faults.push('lacks nosniff');
  if (response.status >= 400) {
    if (type !== 'application/problem+json') faults.push(`is a ${response.status} of type ${type}`);
    else if (method !== 'HEAD') faults.push(...problemFaults(text, response.status));
  } else if (response.status === 200 || response.status === 201) {
    const documented = documentedTypes(
      method,
      new URL(`http://x${path.replace(/^\/+/, '/')}`).pathname,
      response.status,
    );
    if (!documented.includes('*/*') && !documented.includes(type))
      faults.push(`is of type ${type}, documented are ${documented.join(', ') || 'none'}`);
    if (type === 'application/json' && method !== 'HEAD') JSON.parse(text);
  } else if (![204, 301, 302, 304].includes(response.status)) faults.push(`answers ${response.status}`);
  return faults;
}

function problemFaults(text: string, status: number): string[] {
  const body = JSON.parse(text) as Record<string, unknown>;
  const isWhole =
    typeof body.type === 'string' &&
    body.type.startsWith('/problems/') &&
    typeof body.title === 'string' &&
    typeof body.detail === 'string' &&
    body.status === status &&
    !/\{\w+\}/.test(body.detail.replaceAll(/„[^“]*“|"[^"]*"/g, ''));
  return isWhole ? [] : [`is no whole problem: ${text.slice(0, 300)}`];
}

interface Described {
  $ref?: string;
  content?: Record<string, unknown>;
}
type Paths = Record<string, Record<string, { responses: Record<string, Described> }>>;
const responses = openApi.components.responses as unknown as Record<string, Described>;

/** The types that the description names for what was asked; those of all paths with the same shape. */
function documentedTypes(method: string, pathname: string, status: number): string[] {
  const verb = method === 'HEAD' ? 'get' : method.toLowerCase();
  return Object.entries(openApi.paths as unknown as Paths).flatMap(([template, methods]) => {
    const pattern = new RegExp(`^${template.replaceAll(/[.]/g, '\\.').replaceAll(/\{\w+\}/g, '[^/]+')}$`);
    const response = pattern.test(pathname) ? methods[verb]?.responses[String(status)] : undefined;
    const { content = {} } = (response?.$ref ? responses[response.$ref.split('/').at(-1)!] : response) ?? {};
    return Object.keys(content);
  });
}

/** Whether the contract takes what was stored: by its JSON Schema through ajv, and by the instrument's own lists. */
async function storedValidator(): Promise<(item: StoredSubmission) => boolean> {
  const instruments = await loadInstruments(['test/fixtures/instruments']);
  const ajv = new Ajv2020({ strict: false });
  addFormats.default(ajv);
  ajv.addSchema({ $id: 'api', components: openApi.components });
  const isBody = ajv.compile({ $ref: 'api#/components/schemas/SubmissionBody' });
  return (item) => {
    const { instrument: id, profile, conductedOn, answers, scores, questions, associations: joined } = item;
    const instrument = instruments.get(id);
    if (!instrument) return false;
    const body = { instrument: id, profile, conductedOn, answers, scores, questions, associations: joined };
    const codes = new Map(instrument.profile.map((entry) => [entry.id, entry.codes.map((code) => code.id)]));
    return (
      isBody(JSON.parse(JSON.stringify(body))) &&
      Object.entries(profile).every(([name, code]) => codes.get(name)?.includes(code)) &&
      instrument.profile.every((entry) => !entry.required || Object.hasOwn(profile, entry.id)) &&
      Object.keys(answers ?? {}).every((name) => instrument.items.some((entry) => entry.id === name)) &&
      Object.keys(scores ?? {}).every((name) => instrument.dimensions.some((entry) => entry.id === name)) &&
      (joined ?? []).every((id) => associations.some((entry) => entry.id === id && !entry.closedAt)) &&
      conductedOn >= '2000-01-01' &&
      conductedOn <= '2026-06-30'
    );
  };
}
