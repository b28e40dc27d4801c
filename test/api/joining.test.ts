import { describe, expect, test } from 'vitest';
import type { Association, Campaign } from '#contracts/registry';
import { invitationHashOf } from '#store/hashes';
import { memoryInvitations, memoryRegistry, memorySubmissionLog } from './memory-stores.ts';
import { associations, check, faultsIn, newReceipt, testService } from './test-service.ts';

const INVITATION = '0000-0000-0000-0011';
const SECOND = '0000-0000-0000-0022';
const TODAY = { opensOn: '2026-06-01', closesOn: '2026-06-30' };

async function joiningService(campaigns: Campaign[] = [], changed: Partial<Association> = {}) {
  const association = { ...associations[0]!, campaigns, ...changed };
  const invitations = memoryInvitations();
  for (const code of [INVITATION, SECOND]) await invitations.put(drawn(code));
  const registry = [association, ...associations.slice(1)];
  const service = await testService({ registry: memoryRegistry(registry), invitations });
  return { service, invitations, registry };
}
const drawn = (code: string) => ({
  codeHash: invitationHashOf(code.replaceAll('-', '')),
  association: 'c-0a1b2c3d',
  campaign: 'k-00000001',
  opensOn: TODAY.opensOn,
});
const campaign = (dates: Partial<Campaign>): Campaign => ({
  id: 'k-00000001',
  instrument: 'digitalcheck.1',
  ...TODAY,
  resultsOn: '2026-09-01',
  ...dates,
});

describe('joining with a join code', () => {
  test('wrong, mistyped and closed codes are told apart before anything is stored', async () => {
    const { service } = await joiningService();
    const response = await service.submit(
      newReceipt(),
      await check(1, { associations: ['NO-SUCH-CODE', '0000-0012', 'RSTV-WXY'] }),
      { headers: { 'Accept-Language': 'en' } },
    );
    expect(response.status).toBe(422);
    expect(await faultsIn(response)).toEqual([
      '/associations/0 unknown-join-code',
      '/associations/1 mistyped-join-code',
      '/associations/2 closed-join-code',
    ]);
    expect(await response.text()).toContain('has a typo in it');
    expect(service.submissions.writes).toBe(0);
  });

  test('outside the campaign it says when, in the caller’s language', async () => {
    const early = await joiningService([campaign({ opensOn: '2026-07-01', closesOn: '2026-07-31' })]);
    const body = await check(1, { associations: ['ABCD-EFG'] });
    const response = await early.service.submit(newReceipt(), body);
    expect(await faultsIn(response)).toEqual(['/associations/0 join-code-not-yet-open']);
    expect(await response.text()).toContain('beginnt am 1. Juli 2026');
    const late = await joiningService([campaign({ opensOn: '2026-05-01', closesOn: '2026-05-31' })]);
    const over = await late.service.submit(newReceipt(), body, { headers: { 'Accept-Language': 'en' } });
    expect(await faultsIn(over)).toEqual(['/associations/0 join-code-over']);
    expect(await over.text()).toContain('ended on 31 May 2026');
    expect(early.service.submissions.writes + late.service.submissions.writes).toBe(0);
  });

  test.each([
    [
      '2026-05-31T21:59:59.999Z',
      'not yet, on the evening before',
      ['join-code-not-yet-open', 'invalid-invitation-code'],
    ],
    ['2026-05-31T22:00:00.000Z', 'from midnight in Berlin', []],
    ['2026-06-30T21:59:59.999Z', 'to the end of the last day in Berlin', []],
    ['2026-06-30T22:00:00.000Z', 'no longer', ['join-code-over', 'invalid-invitation-code']],
  ])('at %s: %s', async (instant, _, rules) => {
    const { service } = await joiningService([campaign({})]);
    service.clock.now = new Date(instant);
    const found: string[] = [];
    for (const code of ['ABCD-EFG', INVITATION]) {
      const body = await check(1, { associations: [code], conductedOn: '2026-05-20' });
      const response = await service.submit(newReceipt(), body);
      if (response.status !== 201) found.push(...(await faultsIn(response)));
    }
    expect(found).toEqual(rules.map((rule) => `/associations/0 ${rule}`));
  });

  test('a member may still correct its check after the campaign, a stranger may not join', async () => {
    const { service } = await joiningService([campaign({})]);
    const member = newReceipt();
    const body = await check(1, { associations: ['ABCD-EFG'] });
    expect((await service.submit(member, body)).status).toBe(201);
    service.clock.now = new Date('2026-07-15T10:00:00.000Z');
    const corrected = await service.submit(member, await check(2, { associations: ['ABCD-EFG'] }), {
      key: 'corrected',
    });
    expect(await corrected.json()).toMatchObject({ associations: ['c-0a1b2c3d'], admission: 'invited' });
    expect((await service.submit(newReceipt(), body)).status).toBe(422);
  });

  test('a later submission without the code leaves the association and stays in the field', async () => {
    const { service } = await joiningService();
    const member = newReceipt();
    await service.submit(member, await check(1, { associations: ['ABCD-EFG'] }));
    const later = await service.submit(member, await check(2), { key: 'later' });
    expect(await later.json()).toMatchObject({ admission: 'open' });
  });
});

describe('joining with an invitation code', () => {
  const body = async (changed = {}) => check(1, { associations: [INVITATION], ...changed });

  test('works for one organisation, as often as it needs', async () => {
    const { service } = await joiningService([campaign({ invitations: 2 })]);
    const member = newReceipt();
    const first = await service.submit(member, await body());
    expect(await first.json()).toMatchObject({ associations: ['c-0a1b2c3d'], admission: 'single-use' });
    const corrected = await service.submit(member, await check(3, { associations: [INVITATION] }), {
      key: 'corrected',
    });
    expect(corrected.status).toBe(201);
    const other = await service.submit(newReceipt(), await body());
    expect(await faultsIn(other)).toEqual(['/associations/0 invalid-invitation-code']);
    expect(service.submissions.writes).toBe(2);
  });

  test('vouches for its submission: what would be reviewed under a code that many know is not', async () => {
    // Every answer alike.
    const { service } = await joiningService([campaign({})]);
    const reviewed = async (associations: string[]) =>
      (await (await service.submit(newReceipt(), await check(1, { associations }))).json()) as {
        isReviewedFirst: boolean;
      };
    expect(await reviewed([])).toMatchObject({ admission: 'open', isReviewedFirst: true });
    expect(await reviewed(['ABCD-EFG'])).toMatchObject({ admission: 'invited', isReviewedFirst: true });
    expect(await reviewed([INVITATION])).toMatchObject({ admission: 'single-use', isReviewedFirst: false });
    expect(await reviewed([SECOND, 'HJKM-NPQ'])).toMatchObject({ admission: 'single-use', isReviewedFirst: false });
  });

  test('a retry does not ask for the code again', async () => {
    const { service, invitations } = await joiningService([campaign({ invitations: 2 })]);
    const member = newReceipt();
    const first = await service.submit(member, await body());
    expect(invitations.claims).toBe(1);
    service.clock.now = new Date('2027-06-30T08:15:00.000Z');
    const again = await service.submit(member, await body());
    expect(again.headers.get('Idempotent-Replayed')).toBe('true');
    expect(await again.text()).toBe(await first.text());
    expect(invitations.claims).toBe(1);
  });

  test('a crash between claim and submission resumes with the same receipt', async () => {
    const submissions = memorySubmissionLog();
    const invitations = memoryInvitations();
    await invitations.put(drawn(INVITATION));
    let isCrashing = true;
    const service = await testService({
      invitations,
      registry: memoryRegistry([{ ...associations[0]!, campaigns: [campaign({ invitations: 1 })] }]),
      submissions: {
        ...submissions,
        put: async (submission) => {
          if (isCrashing) throw new Error('crash');
          return submissions.put(submission);
        },
      },
    });
    const member = newReceipt();
    expect((await service.submit(member, await body())).status).toBe(500);
    isCrashing = false;
    expect((await service.submit(newReceipt(), await body())).status).toBe(422);
    const resumed = await service.submit(member, await body());
    expect(await resumed.json()).toMatchObject({ associations: ['c-0a1b2c3d'] });
  });

  test('used, never drawn, out of time and closed give one answer, to the byte', async () => {
    const { service, registry } = await joiningService([campaign({ invitations: 2 })]);
    await service.submit(newReceipt(), await body());
    const ask = async (code: string) => {
      const response = await service.submit(newReceipt(), await check(1, { associations: [code] }));
      return JSON.stringify([
        response.status,
        await response.text(),
        [...response.headers].filter(([name]) => name !== 'x-request-id'),
      ]);
    };
    const used = await ask(INVITATION);
    expect(await ask('0000-0000-0000-0033')).toBe(used);
    registry[0]!.closedAt = '2026-06-15T00:00:00.000Z';
    expect(await ask(SECOND)).toBe(used);
    delete registry[0]!.closedAt;
    service.clock.now = new Date('2026-08-01T00:00:00.000Z');
    expect(await ask(SECOND)).toBe(used);
  });

  test('of two codes, one used, the other stays free, and which of them was used is not told', async () => {
    const { service, invitations } = await joiningService([campaign({ invitations: 2 })]);
    await service.submit(newReceipt(), await body());
    const ask = async (codes: string[]) =>
      faultsIn(await service.submit(newReceipt(), await check(1, { associations: codes })));
    const both = ['/associations/0 invalid-invitation-code', '/associations/1 invalid-invitation-code'];
    expect(await ask([SECOND, INVITATION])).toEqual(both);
    expect(await ask([INVITATION, SECOND])).toEqual(both);
    expect(await ask([SECOND, '0000-0000-0000-0033'])).toEqual(both);
    expect(await ask([INVITATION, '0000-0000-0000-0033'])).toEqual(both);
    // As many calls of the store for a used code as for a free one.
    expect(invitations.releases).toBe(8);
    const joined = await service.submit(newReceipt(), await check(2, { associations: [SECOND] }));
    expect(await joined.json()).toMatchObject({ associations: ['c-0a1b2c3d'] });
  });

  test('out of time it stays free for the day on which the campaign is extended', async () => {
    const { service, registry } = await joiningService([campaign({ invitations: 2 })]);
    service.clock.now = new Date('2026-07-02T10:00:00.000Z');
    expect((await service.submit(newReceipt(), await body())).status).toBe(422);
    registry[0]!.campaigns = [campaign({ invitations: 2, closesOn: '2026-07-31' })];
    expect((await service.submit(newReceipt(), await body())).status).toBe(201);
  });

  test('is not used up by a submission that is refused for another reason', async () => {
    const { service, invitations } = await joiningService([campaign({ invitations: 2 })]);
    for (const changed of [
      { profile: {} },
      { associations: [INVITATION, 'NO-SUCH'] },
      { associations: [INVITATION, INVITATION] },
    ])
      expect((await service.submit(newReceipt(), await body(changed))).status).toBe(422);
    expect(invitations.claims).toBe(0);
  });

  test('goes before the join code while the campaign runs', async () => {
    const { service } = await joiningService([campaign({ invitations: 2 })]);
    const response = await service.submit(newReceipt(), await check(1, { associations: ['ABCD-EFG'] }));
    expect(await faultsIn(response)).toEqual(['/associations/0 join-code-by-invitation']);
  });
});
