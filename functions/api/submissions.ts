import { createHash } from 'node:crypto';
import { type Context, Hono } from 'hono';
import * as z from 'zod';
import { AcceptedSubmission, SubmissionHistory, Withdrawn } from '#contracts/answers/submission';
import { berlinDate } from '#contracts/calendar';
import type { Instrument } from '#contracts/instrument';
import { plainText } from '#contracts/plain-code';
import { type Admission, type LogItem, type StoredSubmission, SubmissionBody } from '#contracts/submission';
import { canonicalJson, submissionKeyOf } from '#store/hashes';
import { encodeSubmission, itemSize } from '#store/submission-item';
import type { ApiDependencies, PartnerSource } from '../http/dependencies.ts';
import { readJsonBody } from '../http/json-body.ts';
import { type FieldFault, invalidRequest, problem } from '../http/problem.ts';
import { proofOfWork } from '../http/proof-of-work.ts';
import { json, type Operations } from '../http/responses.ts';
import { sourceOf } from '../http/throttle.ts';
import { claimInvitations, readJoining } from './joining.ts';
import { acceptedSubmission, newestFirst, ownSubmission } from './own-submission.ts';
import { authenticate } from './receipts.ts';
import { type ParsedSubmission, submissionParser } from './submission-schema.ts';

/** The largest item the log takes: one write unit. */
export const ITEM_LIMIT_BYTES = 1024;
/** Months until a submission expires: longer than any window. */
const KEPT_MONTHS = 60;

/** `/v1/submissions`: send a check, read the own history, withdraw all of it. */
export function submissionRoutes(deps: ApiDependencies) {
  const parseSubmission = submissionParser(deps.instruments, () => berlinDate(deps.now()));
  const work = deps.proofOfWork && proofOfWork(deps.proofOfWork, deps);

  return new Hono()
    .post('/v1/submissions', async (c) => {
      const organisation = authenticate(c);
      const source = partnerSource(c, deps.sources);
      const idempotencyKey = requireIdempotencyKey(c);
      const body = await readJsonBody(c);
      const parsed = parseSubmission(body.value);
      const faults = [...body.faults, ...(parsed.ok ? [] : parsed.faults), ...sourceFaults(body.value, source)];
      if (!parsed.ok || faults.length > 0) throw problem('invalid-submission', {}, { faults });

      const { instrument, submission } = parsed;
      const key = submissionKeyOf(instrument.id, idempotencyKey);
      const bodyHash = base64urlSha256(canonicalJson(submission));
      const existing = async () => deps.submissions.get(organisation, key);

      // A partner answers for its houses with its key.
      if (work && !source && !(await work.isProven(c.req.header('Proof-Of-Work'), organisation, key))) {
        const earlier = await existing();
        if (earlier) return replay(c, instrument, earlier, bodyHash);
        throw problem('proof-of-work-needed', {}, { challenge: await work.challenge(organisation, key) });
      }

      const codes = submission.associations ?? [];
      if (codes.length > 0) {
        // A retry comes before any code check: the association may have closed its code in between.
        const earlier = await existing();
        if (earlier) return replay(c, instrument, earlier, bodyHash);
      }
      const joining = await readJoining(codes, { organisation, instrument: instrument.id }, deps);
      if (joining.faults.length > 0) throw problem('invalid-submission', {}, { faults: joining.faults });

      const hasSingleUseCode = joining.invitations.length > 0;
      const storedWith = (associations: string[]) =>
        storedSubmission({
          organisation,
          key,
          submission,
          bodyHash,
          associations,
          admission: admissionOf(source, hasSingleUseCode, associations),
          source,
          now: deps.now(),
        });
      const size = itemSize(
        encodeSubmission(storedWith([...joining.ids, ...joining.invitations.map(() => ANY_ASSOCIATION)])),
      );
      if (size > ITEM_LIMIT_BYTES) throw problem('submission-too-large', { size, limit: ITEM_LIMIT_BYTES });

      // Nothing else is wrong: only now may a single-use code be used up.
      const claimed = await claimInvitations(joining, organisation, deps);
      if (claimed.faults.length > 0) throw problem('invalid-submission', {}, { faults: claimed.faults });
      const stored = storedWith(claimed.ids);

      if ((await deps.submissions.put(stored)) === 'stored') return accepted(c, instrument, stored);
      const earlier = await existing();
      if (!earlier) throw new Error('a key is taken, but its item cannot be read');
      return replay(c, instrument, earlier, bodyHash);
    })
    .get('/v1/submissions', async (c) => {
      const submissions = await deps.submissions.list(authenticate(c));
      const now = deps.now().getTime() / 1000;
      const own = submissions
        .filter((stored) => stored.expiresAt > now)
        .toSorted(newestFirst)
        .map((stored) => ownSubmission(deps.instruments.get(stored.instrument), stored));
      return c.json({ submissions: own } satisfies SubmissionHistory, 200, PRIVATE);
    })
    .delete('/v1/submissions', async (c) => {
      const withdrawn = await deps.submissions.withdraw(authenticate(c), deps.now().toISOString());
      return c.json({ withdrawn } satisfies Withdrawn, 200, PRIVATE);
    });
}

const PRIVATE = { 'Cache-Control': 'no-store' };

function accepted(c: Context, instrument: Instrument, stored: StoredSubmission) {
  return c.json(acceptedSubmission(instrument, stored), 201, PRIVATE);
}

/** The key is taken: by the same body (answer as then), by another body, or by what a withdrawal left. */
function replay(c: Context, instrument: Instrument, earlier: LogItem, bodyHash: string) {
  if (earlier.kind !== 'submission') throw problem('submission-withdrawn');
  if (earlier.bodyHash !== bodyHash) throw problem('idempotency-key-reused');
  c.header('Idempotent-Replayed', 'true');
  return accepted(c, instrument, earlier);
}

function requireIdempotencyKey(c: Context): string {
  const key = c.req.header('Idempotency-Key');
  const field = 'header:Idempotency-Key';
  if (!key) throw invalidRequest({ field, rule: 'required' });
  if (!/^[\x21-\x7e]{1,128}$/.test(key)) throw invalidRequest({ field, rule: 'invalid-key' });
  return key;
}

/** The partner whose key the request carries. */
function partnerSource(c: Context, sources: PartnerSource[]): PartnerSource | undefined {
  const key = c.req.header('Source-Key');
  const source = sourceOf(key, sources);
  if (key !== undefined && !source) throw problem('source-key-unknown');
  return source;
}

/** A submission counts under one source (docs/method.md, rule 4): a partner's import cannot name a carrier as well. */
function sourceFaults(body: unknown, source: PartnerSource | undefined): FieldFault[] {
  const hasSecret = typeof body === 'object' && body !== null && 'carrierSecret' in body;
  return source && hasSecret ? [{ field: '/carrierSecret', rule: 'conflicting-source' }] : [];
}

/** As long as any association's id. */
const ANY_ASSOCIATION = 'c-00000000';

function storedSubmission(given: {
  organisation: string;
  key: string;
  submission: ParsedSubmission;
  bodyHash: string;
  associations: string[];
  admission: Admission;
  source: PartnerSource | undefined;
  now: Date;
}): StoredSubmission {
  const { submission, associations, source, now } = given;
  const { answers, scores, questions, carrierSecret, secondsTaken } = submission;
  const sourceName = source ? `import:${source.id}` : carrierSecret && carrierSource(carrierSecret);
  return {
    kind: 'submission',
    organisation: given.organisation,
    key: given.key,
    instrument: submission.instrument,
    conductedOn: submission.conductedOn ?? berlinDate(now),
    acceptedAt: now.toISOString(),
    admission: given.admission,
    ...(sourceName ? { source: sourceName } : {}),
    profile: submission.profile,
    ...(answers ? { answers } : {}),
    ...(scores ? { scores } : {}),
    ...(questions && Object.keys(questions).length > 0 ? { questions } : {}),
    ...(secondsTaken === undefined ? {} : { secondsTaken }),
    ...(associations.length > 0 ? { associations } : {}),
    bodyHash: given.bodyHash,
    expiresAt: monthsLater(now, KEPT_MONTHS),
  };
}

/** By the strongest proof that somebody let this one in: a code that many know proves little. */
function admissionOf(source: PartnerSource | undefined, hasSingleUseCode: boolean, associations: string[]): Admission {
  if (source?.isTrusted) return 'trusted';
  if (hasSingleUseCode) return 'single-use';
  return associations.length > 0 ? 'invited' : 'open';
}

/** The common source of all houses that name the same secret: `carrier:` and the first 132 bits of its hash. */
function carrierSource(secret: string): string {
  return `carrier:${base64urlSha256(plainText(secret)).slice(0, 22)}`;
}

/** Epoch seconds `months` calendar months after an instant. */
function monthsLater(instant: Date, months: number): number {
  const later = new Date(instant);
  later.setUTCMonth(later.getUTCMonth() + months);
  return Math.floor(later.getTime() / 1000);
}

const base64urlSha256 = (text: string) => createHash('sha256').update(text).digest('base64url');

const receiptSecurity = [{ receipt: [] }];

export const submissionOperations: Operations = {
  'POST /v1/submissions': {
    operationId: 'submit',
    tags: ['Submissions'],
    summary: 'Send a filled-in check',
    description:
      'Stores one immutable submission and answers with its scores. Correcting is submitting again under a new Idempotency-Key; the last submission counts. The same key and body again give the same answer and store nothing.',
    security: receiptSecurity,
    requestParams: {
      header: z.object({
        'Idempotency-Key': z
          .string()
          .regex(/^[\x21-\x7e]{1,128}$/)
          .meta({ description: 'Made by the caller for each new submission, e.g. a UUID; kept for its retries.' }),
        'Proof-Of-Work': z.string().optional().meta({
          description:
            'Where the service asks for it (428): base64 of `{"challenge": …, "solution": {"counter", "derivedKey"}}`.',
        }),
        'Source-Key': z
          .string()
          .optional()
          .meta({ description: 'Key of a partner that sends for many organisations.' }),
        'Accept-Language': z.string().optional().meta({ description: 'Language of problems: de or en.' }),
      }),
    },
    requestBody: {
      required: true,
      description: 'At most 64 KB. Items, codes and dimensions are those of the instrument.',
      content: { 'application/json': { schema: SubmissionBody } },
    },
    ok: {
      '201': {
        description: 'Stored; or, with `Idempotent-Replayed: true`, stored before.',
        headers: z.object({
          'Idempotent-Replayed': z.literal('true').optional().meta({ description: 'Set on a retry.' }),
        }),
        content: { 'application/json': { schema: AcceptedSubmission } },
      },
    },
    problems: [
      'invalid-request',
      'malformed-json',
      'source-key-unknown',
      'submission-withdrawn',
      'proof-of-work-needed',
      'body-too-large',
      'unsupported-media-type',
      'invalid-submission',
      'submission-too-large',
      'idempotency-key-reused',
      'unavailable',
    ],
  },
  'GET /v1/submissions': {
    operationId: 'readOwnSubmissions',
    tags: ['Submissions'],
    summary: 'Read the own history',
    security: receiptSecurity,
    ok: json('All submissions under the receipt, with scores. An unused receipt has an empty list.', SubmissionHistory),
    problems: ['unavailable'],
  },
  'DELETE /v1/submissions': {
    operationId: 'withdraw',
    tags: ['Submissions'],
    summary: 'Withdraw all own submissions',
    description:
      'Everything that is there when the request arrives, all or nothing, and final: answers and profiles are removed at once, and late retries of submissions are refused with 410. Wait for the answer before submitting anew.',
    security: receiptSecurity,
    ok: json('Withdrawn', Withdrawn),
    problems: ['unavailable'],
  },
};
