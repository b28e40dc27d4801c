import { describe, expect, test } from 'vitest';
import { AcceptedSubmission, SubmissionHistory } from '#contracts/answers/submission';
import { ITEM_LIMIT_BYTES } from '#functions/api/submissions';
import { loadInstruments } from '#instruments/load-instruments';
import { encodeSubmission, itemSize } from '#store/submission-item';
import { check, faultsIn, newReceipt, PARTNER_KEY, PROFILE, TRUSTED_KEY, testService } from './test-service.ts';

describe('sending a check', () => {
  test('stores one item and answers with scores, words and what is missing', async () => {
    const service = await testService();
    const body = await check(2, { conductedOn: '2026-06-01' });
    const response = await service.submit(newReceipt(), { ...body, answers: { ...body.answers, backup: undefined } });
    expect(response.status).toBe(201);
    expect(response.headers.get('Cache-Control')).toBe('no-store');
    expect(response.headers.get('Idempotent-Replayed')).toBeNull();
    const accepted = AcceptedSubmission.parse(await response.json());
    expect(accepted).toEqual({
      instrument: 'digitalcheck.1',
      conductedOn: '2026-06-01',
      acceptedAt: '2026-06-30T08:15:00.000Z',
      admission: 'open',
      scores: { it: 50, processes: 50, leadership: 50, innovation: 50 },
      overall: 50,
      weakest: ['it', 'processes', 'leadership', 'innovation'],
      maturity: expect.objectContaining({ it: { de: 'Etabliert', en: expect.any(String) } }),
      missing: [],
      isComplete: true,
      // All answers are alike.
      isReviewedFirst: true,
    });
    expect([...service.submissions.items.values()]).toMatchObject([
      { kind: 'submission', instrument: 'digitalcheck.1', conductedOn: '2026-06-01', profile: PROFILE },
    ]);
  });

  test('says alike on accepting, on a retry and in the history that a submission is reviewed first', async () => {
    const service = await testService();
    const body = await check(2);
    const varied = { ...body.answers, workplaces: 3 };
    for (const [sent, isReviewedFirst, index] of [
      [{ ...body, answers: varied, secondsTaken: 600 }, false, 0],
      [{ ...body, answers: varied, secondsTaken: 39 }, true, 1],
      [{ ...body, answers: varied }, false, 2],
      [body, true, 3],
    ] as const) {
      const receipt = newReceipt();
      const first = await (await service.submit(receipt, sent, { key: `key-${index}` })).json();
      expect(first).toMatchObject({ isReviewedFirst, overall: expect.any(Number) });
      expect(await (await service.submit(receipt, sent, { key: `key-${index}` })).json()).toEqual(first);
      const history = await service.own(receipt);
      const { submissions } = SubmissionHistory.parse(await history.json());
      expect(submissions).toMatchObject([{ isReviewedFirst }]);
      expect(submissions[0]!.secondsTaken).toBe('secondsTaken' in sent ? sent.secondsTaken : undefined);
    }
  });

  test.each([-1, 1.5, 86_401, '60', null])('secondsTaken %j is refused', async (secondsTaken) => {
    const service = await testService();
    const response = await service.submit(newReceipt(), { ...(await check(2)), secondsTaken });
    expect(response.status).toBe(422);
    expect(JSON.stringify(await response.json())).toContain('/secondsTaken');
  });

  test('without enough answers in a dimension there is no score, and the answer says what is missing', async () => {
    const service = await testService();
    const body = await check(3);
    const answers: Record<string, unknown> = { ...body.answers, workplaces: 'dk', systems: 'na' };
    delete answers.security;
    const accepted = AcceptedSubmission.parse(await (await service.submit(newReceipt(), { ...body, answers })).json());
    expect(accepted.scores).toEqual({ it: null, processes: 75, leadership: 75, innovation: 75 });
    expect(accepted.overall).toBeNull();
    expect(accepted.isComplete).toBe(false);
    expect(accepted.maturity.it).toBeNull();
    expect(accepted.missing).toEqual([
      { dimension: 'it', answered: 2, applicable: 4, needed: 4, unanswered: ['workplaces', 'security'] },
    ]);
  });

  test('takes dimension scores for an instrument of kind "scores"', async () => {
    const service = await testService();
    const response = await service.submit(newReceipt(), {
      instrument: 'egovernment.1',
      profile: { sector: 'europe', size: 'high', region: 'northern-europe' },
      scores: { participation: 80, services: 71, infrastructure: 65 },
    });
    expect(response.status).toBe(201);
    expect(await response.json()).toMatchObject({
      scores: { participation: 80, services: 71, infrastructure: 65, humancapital: null },
      overall: null,
      weakest: ['infrastructure'],
      missing: [],
      isComplete: false,
    });
  });

  test('the date of the check defaults to today in Berlin, also past midnight there', async () => {
    const service = await testService();
    service.clock.now = new Date('2026-06-30T22:30:00.000Z');
    expect(await (await service.submit(newReceipt(), await check(1))).json()).toMatchObject({
      conductedOn: '2026-07-01',
    });
  });

  test('expires after sixty months', async () => {
    const service = await testService();
    await service.submit(newReceipt(), await check(1));
    expect([...service.submissions.items.values()][0]?.expiresAt).toBe(Date.parse('2031-06-30T08:15:00.000Z') / 1000);
  });

  test('the additional questions take one code or a list and are stored as lists', async () => {
    const service = await testService();
    const questions = { role: 'board', tried: ['workplaces', 'data'] };
    expect((await service.submit(newReceipt(), await check(1, { questions }))).status).toBe(201);
    expect([...service.submissions.items.values()]).toMatchObject([
      { questions: { role: ['board'], tried: ['workplaces', 'data'] } },
    ]);
  });

  test('associations are joined by their codes as people write them', async () => {
    const service = await testService();
    const response = await service.submit(newReceipt(), await check(1, { associations: ['abcd efg', 'HJKM-NPQ'] }));
    expect(await response.json()).toMatchObject({ admission: 'invited', associations: ['c-0a1b2c3d', 'c-11111111'] });
    expect([...service.submissions.items.values()]).toMatchObject([{ associations: ['c-0a1b2c3d', 'c-11111111'] }]);
  });

  test('a partner is stored as the source; a trusted one as such', async () => {
    const service = await testService();
    const body = await check(1);
    await service.submit(newReceipt(), body, { headers: { 'Source-Key': PARTNER_KEY } });
    await service.submit(newReceipt(), body, { headers: { 'Source-Key': TRUSTED_KEY } });
    const stored = [...service.submissions.items.values()];
    expect(stored).toMatchObject([
      { source: 'import:open-check', admission: 'open' },
      { source: 'import:operator', admission: 'trusted' },
    ]);
  });

  test('houses that name the same carrier secret share a source; the secret is not stored', async () => {
    const service = await testService();
    await service.submit(newReceipt(), await check(1, { carrierSecret: 'Träger im Süden' }));
    await service.submit(newReceipt(), await check(2, { carrierSecret: ' Träger im Süden ' }));
    const [one, two] = [...service.submissions.items.values()] as { source: string }[];
    expect(one?.source).toMatch(/^carrier:[\w-]{22}$/);
    expect(two?.source).toBe(one?.source);
    expect(JSON.stringify([one, two])).not.toContain('Süden');
  });
});

test('the largest ordinary submission of the check is one write unit', async () => {
  const service = await testService({ sources: [] });
  const instrument = (await loadInstruments([])).get('digitalcheck.1')!;
  const longest = (codes: { id: string }[], count = 1) =>
    codes
      .map(({ id }) => id)
      .filter((id) => id !== 'none')
      .sort((a, b) => b.length - a.length)
      .slice(0, count);
  // Answers are packed by level: every level that occurs costs its name, so all seven occur.
  const levels = [0, 1, 2, 3, 4, 'na', 'dk'];
  const response = await service.submit(newReceipt(), {
    instrument: instrument.id,
    profile: Object.fromEntries(instrument.profile.map(({ id, codes }) => [id, longest(codes)[0]])),
    answers: Object.fromEntries(instrument.items.map(({ id }, index) => [id, levels[index % levels.length]])),
    questions: Object.fromEntries(
      instrument.questions.map(({ id, codes, maxChoices }) => [id, longest(codes, maxChoices)]),
    ),
    associations: ['ABCD-EFG', 'HJKM-NPQ'],
    carrierSecret: 'x'.repeat(100),
  });
  expect(response.status).toBe(201);
  const [stored] = service.submissions.items.values();
  if (stored?.kind !== 'submission') throw new Error('not stored');
  const third = { ...stored, associations: [...stored.associations!, 'c-ffffffff'] };
  const imported = { ...third, source: `import:${'x'.repeat(30)}` };
  const sizes = [third, imported].map((item) => itemSize(encodeSubmission(item)));
  expect(Math.max(...sizes)).toBeGreaterThan(400);
  expect(Math.max(...sizes)).toBeLessThanOrEqual(ITEM_LIMIT_BYTES);
});

describe('the same key again', () => {
  test('with the same body gives the same bytes and stores nothing, whatever the day and the order of keys', async () => {
    const service = await testService();
    const receipt = newReceipt();
    const body = await check(1, { questions: { role: 'board' } });
    const first = await service.submit(receipt, body);
    service.clock.now = new Date('2026-07-03T08:15:00.000Z');
    const { answers, ...rest } = body;
    const again = await service.submit(
      receipt,
      {
        answers: Object.fromEntries(Object.entries(answers).reverse()),
        ...rest,
      },
      { headers: { 'Accept-Language': 'en' } },
    );
    expect(again.status).toBe(201);
    expect(again.headers.get('Idempotent-Replayed')).toBe('true');
    expect(await again.text()).toBe(await first.text());
    expect(service.submissions.items.size).toBe(1);
  });

  test('with another body is refused', async () => {
    const service = await testService();
    const receipt = newReceipt();
    await service.submit(receipt, await check(1));
    const response = await service.submit(receipt, await check(2));
    expect(response.status).toBe(422);
    expect(await response.json()).toMatchObject({ type: '/problems/idempotency-key-reused' });
    expect(await (await service.own(receipt)).json()).toMatchObject({ submissions: [{ overall: 25 }] });
  });

  test('is another submission for another organisation and for another instrument', async () => {
    const service = await testService();
    const receipt = newReceipt();
    await service.submit(receipt, await check(1));
    await service.submit(newReceipt(), await check(2));
    const other = { instrument: 'egovernment.1', profile: { sector: 'asia', size: 'low', region: 'central-asia' } };
    expect((await service.submit(receipt, { ...other, scores: { services: 3 } })).status).toBe(201);
    expect(service.submissions.items.size).toBe(3);
  });

  test('succeeds although an association has closed its code in between; a new submission does not', async () => {
    const open = { id: 'c-33333333', name: 'Verband D', joinCode: 'OPEN-1', createdAt: '2026-01-01T00:00:00.000Z' };
    const known = { association: open as typeof open & { closedAt?: string } };
    const service = await testService({
      registry: {
        association: async () => known.association,
        byJoinCode: async () => known.association,
        associations: async () => [known.association],
      },
    });
    const receipt = newReceipt();
    const body = await check(1, { associations: ['OPEN-1'] });
    const first = await service.submit(receipt, body);
    known.association = { ...open, closedAt: '2026-07-01T00:00:00.000Z' };
    const again = await service.submit(receipt, body);
    expect([again.status, again.headers.get('Idempotent-Replayed')]).toEqual([201, 'true']);
    expect(await again.text()).toBe(await first.text());
    const late = await service.submit(newReceipt(), body);
    expect([late.status, await faultsIn(late)]).toEqual([422, ['/associations/0 closed-join-code']]);
    const changed = await service.submit(receipt, await check(2, { associations: ['OPEN-1'] }));
    expect(await changed.json()).toMatchObject({ type: '/problems/idempotency-key-reused' });
  });

  test('twenty at once store one item and all get the same answer', async () => {
    const service = await testService();
    const receipt = newReceipt();
    const body = await check(4);
    const answers = await Promise.all(Array.from({ length: 20 }, () => service.submit(receipt, body)));
    expect(new Set(answers.map((answer) => answer.status))).toEqual(new Set([201]));
    expect(new Set(await Promise.all(answers.map((answer) => answer.text()))).size).toBe(1);
    expect(answers.filter((answer) => answer.headers.get('Idempotent-Replayed') === 'true')).toHaveLength(19);
    expect(service.submissions.items.size).toBe(1);
  });
});

describe('the own history', () => {
  test('shows all own submissions with scores, newest first, and nobody else’s', async () => {
    const service = await testService();
    const receipt = newReceipt();
    await service.submit(receipt, await check(2, { conductedOn: '2026-01-01' }), { key: 'b' });
    await service.submit(newReceipt(), await check(4));
    service.clock.now = new Date('2026-06-30T08:16:00.000Z');
    await service.submit(receipt, await check(1, { conductedOn: '2025-01-01' }), { key: 'a' });
    await service.submit(receipt, await check(3, { conductedOn: '2026-01-01' }), { key: 'c' });
    const response = await service.own(receipt);
    expect(response.headers.get('Cache-Control')).toBe('no-store');
    const { submissions } = SubmissionHistory.parse(await response.json());
    expect(submissions.map(({ overall, conductedOn }) => [overall, conductedOn])).toEqual([
      [75, '2026-01-01'],
      [50, '2026-01-01'],
      [25, '2025-01-01'],
    ]);
    expect(submissions[0]?.answers?.workplaces).toBe(3);
  });

  test('of a receipt never used is empty', async () => {
    const service = await testService();
    expect(await (await service.own(newReceipt())).json()).toEqual({ submissions: [] });
  });

  test('ends when a submission expires, and lacks scores only where the instrument is gone', async () => {
    const service = await testService();
    const receipt = newReceipt();
    await service.submit(receipt, await check(2));
    const [item] = service.submissions.items.values();
    if (item?.kind !== 'submission') throw new Error('not stored');
    item.instrument = 'gone.1';
    expect(await (await service.own(receipt)).json()).toMatchObject({
      submissions: [{ instrument: 'gone.1', scores: {}, overall: null, weakest: [] }],
    });
    service.clock.now = new Date('2031-07-01T00:00:00.000Z');
    expect(await (await service.own(receipt)).json()).toEqual({ submissions: [] });
  });
});

describe('withdrawing', () => {
  test('takes all own submissions, leaves no answer behind, and a late retry does not bring them back', async () => {
    const service = await testService();
    const receipt = newReceipt();
    const other = newReceipt();
    await service.submit(receipt, await check(1), { key: 'a' });
    await service.submit(receipt, await check(2), { key: 'b' });
    await service.submit(other, await check(3));
    const response = await service.own(receipt, 'DELETE');
    expect([response.status, await response.json()]).toEqual([200, { withdrawn: 2 }]);
    expect(await (await service.own(receipt)).json()).toEqual({ submissions: [] });
    for (const body of [await check(1), await check(4)]) {
      const retry = await service.submit(receipt, body, { key: 'a' });
      expect([retry.status, await retry.json()]).toMatchObject([410, { type: '/problems/submission-withdrawn' }]);
    }
    expect(await (await service.own(receipt, 'DELETE')).json()).toEqual({ withdrawn: 0 });
    expect(await (await service.own(other)).json()).toMatchObject({ submissions: [{ overall: 75 }] });
    expect((await service.submit(receipt, await check(1), { key: 'new' })).status).toBe(201);
  });
});

describe('what is not valid is refused with every failing field, and nothing is stored', () => {
  test.each<[string, Record<string, unknown>, string[]]>([
    [
      'unknown items, codes and fields at once',
      {
        answers: { workplaces: 5, nonsense: 1, systems: '2', data: null, security: 1.5 },
        profile: { level: 'facility', sector: 'mining', size: '50-249', colour: 'red' },
        name: 'Haus am See',
        questions: { role: 'board', why: 'x', obstacle: 'rain' },
      },
      [
        '/answers/data invalid-answer',
        '/answers/nonsense unknown-item',
        '/answers/security invalid-answer',
        '/answers/systems invalid-answer',
        '/answers/workplaces invalid-answer',
        '/name unknown-field',
        '/profile/colour unknown-attribute',
        '/profile/region required',
        '/profile/sector unknown-code',
        '/questions/obstacle unknown-code',
        '/questions/why unknown-question',
      ],
    ],
    ['scores where answers belong', { scores: { it: 50 } }, ['/scores not-for-this-instrument']],
    ['no answer at all', { answers: {} }, ['/answers too-few']],
    ['answers missing', { answers: undefined }, ['/answers required']],
    [
      'wrong types',
      { answers: [], profile: 'x', associations: {}, questions: 3 },
      ['/answers wrong-type', '/associations wrong-type', '/profile wrong-type', '/questions wrong-type'],
    ],
    ['a date that does not exist', { conductedOn: '2026-02-30' }, ['/conductedOn invalid-date']],
    ['a date with a time', { conductedOn: '2026-02-03T00:00:00Z' }, ['/conductedOn invalid-date']],
    ['a date as a number', { conductedOn: 20260203 }, ['/conductedOn wrong-type']],
    ['a date in the future', { conductedOn: '2026-07-01' }, ['/conductedOn date-in-future']],
    ['a date before 2000', { conductedOn: '1999-12-31' }, ['/conductedOn date-too-early']],
    [
      'an unknown instrument, with other faults',
      { instrument: 'nothing.1', profile: 3 },
      ['/instrument unknown-instrument', '/profile wrong-type'],
    ],
    ['an instrument of the prototype', { instrument: 'constructor' }, ['/instrument unknown-instrument']],
    ['no instrument', { instrument: undefined }, ['/instrument required']],
    [
      'too many choices, repeated and exclusive codes',
      {
        questions: { role: ['board', 'head'], tried: ['data', 'data'], 'tried-outcome': ['ended', 'none'] },
      },
      ['/questions/role too-many', '/questions/tried repeated-code', '/questions/tried-outcome exclusive-code'],
    ],
    ['an empty choice', { questions: { role: [] } }, ['/questions/role too-few']],
    ['a code of the wrong type in a list', { questions: { tried: ['data', 3] } }, ['/questions/tried/1 unknown-code']],
    [
      'unknown, closed and repeated association codes',
      { associations: ['ABCD-EFG', 'RSTVWXY', 'abcdefg'] },
      ['/associations/1 closed-join-code', '/associations/2 repeated-code'],
    ],
    ['an association code that is none', { associations: ['ZZZZ'] }, ['/associations/0 unknown-join-code']],
    ['four association codes', { associations: ['A', 'B', 'C', 'D'] }, ['/associations too-many']],
    ['a short secret', { carrierSecret: 'short' }, ['/carrierSecret too-short']],
    ['a secret with NUL', { carrierSecret: 'long enough\u0000' }, ['/carrierSecret invalid-text']],
    ['a secret with a lone surrogate', { carrierSecret: 'long enough\ud800' }, ['/carrierSecret invalid-text']],
    ['keys with slashes and tildes', { 'a/b~c': 1 }, ['/a~1b~0c unknown-field']],
  ])('%s', async (_, changed, faults) => {
    const service = await testService();
    const response = await service.submit(newReceipt(), await check(1, changed));
    expect(response.status).toBe(422);
    expect(response.headers.get('Content-Type')).toBe('application/problem+json; charset=utf-8');
    expect(await faultsIn(response)).toEqual(faults);
    expect(service.submissions.items.size).toBe(0);
  });

  test.each([
    ['null', 'null', ' wrong-type'],
    ['a list', '[]', ' wrong-type'],
    ['a text', '"x"', ' wrong-type'],
  ])('%s instead of an object', async (_, raw, fault) => {
    const service = await testService();
    expect(await faultsIn(await service.submit(newReceipt(), null, { raw }))).toEqual([fault]);
  });

  test('prototype keys, repeated keys and huge numbers', async () => {
    const service = await testService();
    const raw = `{"instrument":"digitalcheck.1","profile":${JSON.stringify(PROFILE)},"__proto__":{"admin":true},
      "constructor":1,"answers":{"workplaces":1e400,"systems":99999999999999999999,"__proto__":2,"data":1,"data":4,"hasOwnProperty":1}}`;
    const response = await service.submit(newReceipt(), null, { raw });
    expect(await faultsIn(response)).toEqual([
      '/__proto__ unknown-field',
      '/answers/__proto__ unknown-item',
      '/answers/data duplicate-field',
      '/answers/hasOwnProperty unknown-item',
      '/answers/systems invalid-answer',
      '/answers/workplaces invalid-answer',
      '/constructor unknown-field',
    ]);
    expect(({} as { admin?: boolean }).admin).toBeUndefined();
  });

  test.each([
    ['objects', (depth: number) => `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`, 9_000],
    ['lists', (depth: number) => '['.repeat(depth) + ']'.repeat(depth), 30_000],
    ['lists that do not end', (depth: number) => '['.repeat(depth), 60_000],
  ])('deep %s are refused with work in proportion to their length', async (_, nested, depth) => {
    const service = await testService();
    /** Processor time, microseconds; the least of some, since a collection of garbage may come in between. */
    const workFor = async (depth: number) => {
      const taken: number[] = [];
      for (let time = 0; time < 5; time += 1) {
        const before = process.cpuUsage();
        expect([400, 422]).toContain((await service.submit(newReceipt(), null, { raw: nested(depth) })).status);
        const { user, system } = process.cpuUsage(before);
        taken.push(user + system);
      }
      return Math.min(...taken);
    };
    await workFor(depth / 30);
    // Thirty times as deep: in proportion 30 times the work, by its square 900 times.
    expect(await workFor(depth)).toBeLessThan(150 * (await workFor(depth / 30)));
  });

  test('a carrier secret beside a partner key', async () => {
    const service = await testService();
    const response = await service.submit(newReceipt(), await check(1, { carrierSecret: 'long enough' }), {
      headers: { 'Source-Key': PARTNER_KEY },
    });
    expect(await faultsIn(response)).toEqual(['/carrierSecret conflicting-source']);
  });

  test('the messages are German unless English is preferred', async () => {
    const service = await testService();
    const asked: [string | undefined, string][] = [
      [undefined, 'de'],
      ['en', 'en'],
      ['en-GB,en;q=0.9,de;q=0.8', 'en'],
      ['de;q=0.5, en;q=0.4', 'de'],
      ['fr, en;q=0.1', 'en'],
      ['fr', 'de'],
      ['*', 'de'],
      ['de;q=0, *', 'en'],
    ];
    for (const [header, lang] of asked) {
      const headers: Record<string, string> = header === undefined ? {} : { 'Accept-Language': header };
      const response = await service.submit(newReceipt(), await check(1, { profile: {} }), { headers });
      const problem = (await response.json()) as { title: string; errors: { message: string }[] };
      expect([header, response.headers.get('Content-Language')]).toEqual([header, lang]);
      expect(problem.errors[0]?.message).toBe(lang === 'de' ? 'Diese Angabe fehlt.' : 'This field is missing.');
    }
  });
});

describe('what stands around the body', () => {
  const refused = async (response: Response) => {
    const { type } = (await response.json()) as { type: string };
    return [response.status, type.replace('/problems/', '')];
  };

  test('the Idempotency-Key is required, visible ASCII, up to 128 characters', async () => {
    const service = await testService();
    const body = await check(1);
    for (const key of ['', 'with space', 'ümlaut', 'x'.repeat(129)]) {
      const response = await service.submit(newReceipt(), body, { key });
      expect(await faultsIn(response)).toEqual([`header:Idempotency-Key ${key === '' ? 'required' : 'invalid-key'}`]);
      expect(await refused(response)).toEqual([400, 'invalid-request']);
    }
    expect((await service.submit(newReceipt(), body, { key: 'x'.repeat(128) })).status).toBe(201);
  });

  test.each(['text/plain', 'application/json; charset=latin1', 'application/jsonp', ''])(
    'the content type %s is refused',
    async (type) => {
      const service = await testService();
      const response = await service.submit(newReceipt(), await check(1), { headers: { 'Content-Type': type } });
      expect(await refused(response)).toEqual([415, 'unsupported-media-type']);
    },
  );

  test('a compressed body is refused, a charset of utf-8 accepted', async () => {
    const service = await testService();
    const zipped = await service.submit(newReceipt(), await check(1), { headers: { 'Content-Encoding': 'gzip' } });
    expect(await refused(zipped)).toEqual([415, 'unsupported-media-type']);
    const headers = { 'Content-Type': 'Application/JSON; charset="UTF-8"' };
    expect((await service.submit(newReceipt(), await check(1), { headers })).status).toBe(201);
  });

  test.each(['', '{', '{"a":1,}', '\u0000', "{'a':1}"])('%j is no JSON', async (raw) => {
    const service = await testService();
    expect(await refused(await service.submit(newReceipt(), null, { raw }))).toEqual([400, 'malformed-json']);
  });

  test('bytes that are not UTF-8 are refused', async () => {
    const service = await testService();
    const raw = new Uint8Array([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]);
    expect(await refused(await service.submit(newReceipt(), null, { raw }))).toEqual([400, 'malformed-json']);
  });

  test('a body over 64 KB is refused by what is read, whatever Content-Length says, and not read to its end', async () => {
    const service = await testService();
    let chunks = 0;
    const endless = new ReadableStream({
      pull(controller) {
        chunks += 1;
        controller.enqueue(new Uint8Array(16_384).fill(0x20));
      },
    });
    const response = await service.send('/v1/submissions', {
      method: 'POST',
      headers: {
        Authorization: `Bearer ${newReceipt()}`,
        'Idempotency-Key': 'k',
        'Content-Type': 'application/json',
        'Content-Length': '10',
      },
      body: endless,
      duplex: 'half',
    } as RequestInit);
    expect(await refused(response)).toEqual([413, 'body-too-large']);
    expect(chunks).toBeLessThan(8);
    const full = JSON.stringify(await check(1));
    expect((await service.submit(newReceipt(), null, { raw: full.padEnd(65_536) })).status).toBe(201);
    expect((await service.submit(newReceipt(), null, { raw: full.padEnd(65_537) })).status).toBe(413);
  });

  test('an unknown partner key is refused', async () => {
    const service = await testService();
    const response = await service.submit(newReceipt(), await check(1), { headers: { 'Source-Key': 'guess' } });
    expect(await refused(response)).toEqual([401, 'source-key-unknown']);
    expect(service.submissions.items.size).toBe(0);
  });

  test('an item above one write unit is refused by name', async () => {
    const service = await testService();
    const instruments = new Map(await loadInstruments([]));
    const digitalcheck = structuredClone(instruments.get('digitalcheck.1')!);
    // An operator's own instrument with forty items whose ids are as long as ids may be.
    digitalcheck.id = 'long.1';
    digitalcheck.items = Array.from({ length: 40 }, (_, index) => ({
      ...digitalcheck.items[0]!,
      id: `${index}`.padEnd(40, 'x'),
    }));
    instruments.set('long.1', digitalcheck);
    const large = await testService({ instruments });
    const answers = Object.fromEntries(digitalcheck.items.map((item) => [item.id, 1]));
    const response = await large.submit(newReceipt(), { instrument: 'long.1', profile: PROFILE, answers });
    expect(await refused(response)).toEqual([422, 'submission-too-large']);
    expect(large.submissions.items.size + service.submissions.items.size).toBe(0);
  });
});
