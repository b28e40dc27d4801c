import { beforeEach, describe, expect, test } from 'vitest';
import { AssociationOverview } from '#contracts/answers/association';
import { formatAssociationKey } from '#contracts/association-key';
import { Campaign } from '#contracts/registry';
import { AssociationChangedError } from '#store/association-changed';
import { invitationHashOf, sha256Hex } from '#store/hashes';
import { memoryInvitations, memoryRegistry } from './memory-stores.ts';
import { associations, check, faultsIn, newReceipt, testService } from './test-service.ts';

const A = associations[0]!;
const KEY = formatAssociationKey(A.id, 'a'.repeat(43));
const CODE = '0000-0000-0000-0011';
const PLAN = {
  instrument: 'digitalcheck.1',
  opensOn: '2026-07-01',
  closesOn: '2026-07-31',
  resultsOn: '2026-10-01',
  invited: 60,
};

async function campaignService({ byOperator = false } = {}) {
  const registry = memoryRegistry([
    { ...A, keys: [{ hash: sha256Hex(KEY), madeAt: A.createdAt }] },
    ...associations.slice(1),
  ]);
  const invitations = memoryInvitations();
  const service = await testService({
    registry,
    invitations,
    ...(byOperator ? {} : { campaigns: { registry, invitations } }),
  });
  const put = (plan: unknown, { id = 'k-00000001', of = A.id, key = KEY } = {}) =>
    service.send(`/v1/associations/${of}/campaigns/${id}`, {
      method: 'PUT',
      headers: { Authorization: `Bearer ${key}`, 'Content-Type': 'application/json', 'Accept-Language': 'en' },
      body: JSON.stringify(plan),
    });
  const campaigns = async () => (await registry.association(A.id))!.campaigns ?? [];
  return { service, registry, put, campaigns };
}
let it: Awaited<ReturnType<typeof campaignService>>;
beforeEach(async () => {
  it = await campaignService();
});
const at = (instant: string) => {
  it.service.clock.now = new Date(instant);
};

describe('a campaign by the association’s key', () => {
  test('is made, may be asked for again, and lets members in on its days', async () => {
    const made = await it.put(PLAN);
    expect([made.status, Campaign.parse(await made.json())]).toEqual([201, { id: 'k-00000001', ...PLAN }]);
    const again = await it.put(PLAN);
    expect([again.status, await it.campaigns()]).toEqual([200, [{ id: 'k-00000001', ...PLAN }]]);
    const overview = await it.service.send(`/v1/associations/${A.id}/overview`, {
      headers: { Authorization: `Bearer ${KEY}` },
    });
    expect(AssociationOverview.parse(await overview.json())).toMatchObject({
      runsCampaigns: true,
      campaigns: [{ invited: 60 }],
    });
    const joins = async () =>
      (await it.service.submit(newReceipt(), await check(1, { associations: [A.joinCode] }))).status;
    expect(await joins()).toBe(422);
    at('2026-07-01T10:00:00.000Z');
    expect(await joins()).toBe(201);
  });

  test('takes hashes of single-use codes, and the codes work', async () => {
    const codes = [invitationHashOf(CODE.replaceAll('-', ''))];
    const made = await it.put({ ...PLAN, codes });
    expect(await made.json()).toMatchObject({ invitations: 1 });
    expect((await it.put({ ...PLAN, codes })).status).toBe(200);
    at('2026-07-02T10:00:00.000Z');
    const joined = await it.service.submit(newReceipt(), await check(1, { associations: [CODE] }));
    expect(await joined.json()).toMatchObject({ associations: [A.id], admission: 'single-use' });
    // Drawn again, a used code stays used.
    await it.put({ ...PLAN, codes });
    expect((await it.service.submit(newReceipt(), await check(1, { associations: [CODE] }))).status).toBe(422);
  });

  test('is extended and closed until its last day has passed, and keeps what members were told', async () => {
    await it.put(PLAN);
    at('2026-07-10T10:00:00.000Z');
    expect((await it.put({ ...PLAN, closesOn: '2026-08-15' })).status).toBe(200);
    expect((await it.put({ ...PLAN, closesOn: '2026-07-10' })).status).toBe(200);
    expect((await it.campaigns())[0]).toMatchObject({ closesOn: '2026-07-10' });
    const changed = await it.put({ ...PLAN, opensOn: '2026-07-02', codes: [invitationHashOf('x')] });
    expect(await faultsIn(changed)).toEqual(['/codes unchangeable', '/opensOn unchangeable']);
    at('2026-07-11T10:00:00.000Z');
    const over = await it.put({ ...PLAN, closesOn: '2026-08-15' });
    expect([over.status, await over.text()]).toEqual([409, expect.stringContaining('/problems/campaign-over')]);
    expect((await it.put({ ...PLAN, opensOn: '2026-07-11' }, { id: 'k-00000002' })).status).toBe(201);
  });

  test.each([
    [{ opensOn: 'soon' }, ['/opensOn invalid-date']],
    [{ closesOn: undefined }, ['/closesOn required']],
    [{ closesOn: '2026-06-30' }, ['/closesOn dates-out-of-order']],
    [{ opensOn: '2026-06-01', closesOn: '2026-06-29' }, ['/closesOn date-past']],
    [{ closesOn: '2027-07-02', resultsOn: '2027-07-02' }, ['/closesOn campaign-too-long']],
    [{ resultsOn: '2026-07-30' }, ['/resultsOn dates-out-of-order']],
    [{ instrument: 'none.1' }, ['/instrument unknown-instrument']],
    [{ invited: 0 }, ['/invited too-few']],
    [{ codes: ['short'] }, ['/codes/0 invalid-text']],
    [{ codes: [invitationHashOf('x'), invitationHashOf('x')] }, ['/codes/1 repeated-entry']],
    [{ reminder: true }, ['/reminder unknown-field']],
  ])('names what is wrong and changes nothing: %j', async (changed, faults) => {
    const response = await it.put({ ...PLAN, ...changed });
    expect([response.status, await faultsIn(response), await it.campaigns()]).toEqual([422, faults, []]);
  });

  test('never overlaps another of the same check, so that nobody counts twice', async () => {
    await it.put(PLAN);
    const second = await it.put({ ...PLAN, opensOn: '2026-07-31', closesOn: '2026-08-31' }, { id: 'k-00000002' });
    expect(await faultsIn(second)).toEqual(['/opensOn campaigns-overlap']);
    expect(await second.text()).toContain('from 1 July 2026 to 31 July 2026');
    await it.put({ ...PLAN, opensOn: '2026-08-01', closesOn: '2026-08-31' }, { id: 'k-00000002' });
    expect(await faultsIn(await it.put({ ...PLAN, closesOn: '2026-08-01' }))).toEqual(['/closesOn campaigns-overlap']);
    expect(await it.campaigns()).toHaveLength(2);
  });

  test('takes no hundred-and-first, which would make the association unreadable, and no codes beside those it began with', async () => {
    const many = Array.from({ length: 100 }, (_, place) => ({
      id: `k-${String(place).padStart(8, '0')}`,
      ...PLAN,
      opensOn: `${1900 + place}-01-01`,
      closesOn: `${1900 + place}-01-02`,
    }));
    (await it.registry.association(A.id))!.campaigns = many;
    const refused = await it.put(PLAN, { id: 'k-ffffffff' });
    expect([refused.status, await faultsIn(refused)]).toEqual([422, ['path:campaign too-many']]);
    expect(await it.campaigns()).toHaveLength(100);

    (await it.registry.association(A.id))!.campaigns = [];
    await it.put({ ...PLAN, codes: [invitationHashOf('ABCDEFGHJKMNPQRS')] });
    await it.put({ ...PLAN, codes: [invitationHashOf(CODE.replaceAll('-', ''))] });
    at('2026-07-02T10:00:00.000Z');
    expect((await it.service.submit(newReceipt(), await check(1, { associations: [CODE] }))).status).toBe(422);
  });

  test('leaves a line with who and what, and nothing of the key', async () => {
    await it.put(PLAN);
    await it.put({ ...PLAN, closesOn: '2026-08-01' });
    const lines = it.service.logged.filter(({ event }) => event === 'association-campaign');
    expect(lines).toMatchObject([
      { outcome: 'made', association: A.id, campaign: 'k-00000001' },
      { outcome: 'changed', association: A.id, campaign: 'k-00000001' },
    ]);
    expect(JSON.stringify(it.service.logged)).not.toContain('a'.repeat(43));
  });

  test('tells the second of two who change it at the same time', async () => {
    it.registry.putCampaigns = async () => {
      throw new AssociationChangedError(A.id);
    };
    const response = await it.put(PLAN);
    expect([response.status, await response.text()]).toEqual([409, expect.stringContaining('association-changed')]);
  });
});

describe('is refused', () => {
  test('where the operator runs campaigns, and that is told', async () => {
    it = await campaignService({ byOperator: true });
    const response = await it.put(PLAN);
    expect([response.status, await response.text()]).toEqual([403, expect.stringContaining('campaigns-by-operator')]);
    const overview = await it.service.send(`/v1/associations/${A.id}/overview`, {
      headers: { Authorization: `Bearer ${KEY}` },
    });
    expect(await overview.json()).toMatchObject({ runsCampaigns: false });
  });

  test('with another association’s key, without one, and for a closed association', async () => {
    expect((await it.put(PLAN, { of: associations[1]!.id })).status).toBe(403);
    expect((await it.put(PLAN, { key: 'x' })).status).toBe(401);
    (await it.registry.association(A.id))!.closedAt = '2026-06-01T00:00:00.000Z';
    const closed = await it.put(PLAN);
    expect([closed.status, await closed.text()]).toEqual([409, expect.stringContaining('association-closed')]);
  });

  test('under an id that is none', async () => {
    expect(await faultsIn(await it.put(PLAN, { id: 'mine' }))).toEqual(['path:campaign invalid-campaign-id']);
  });
});
