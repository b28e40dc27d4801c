import { formatAssociationKey } from '#contracts/association-key';
import { berlinDate } from '#contracts/calendar';
import { CAMPAIGN_DAYS_AT_MOST, CAMPAIGNS_AT_MOST } from '#contracts/campaign-length';
import { type CampaignFault, campaignFaults } from '#contracts/campaign-rules';
import { formatJoinCode, JOIN_CODE_BYTES } from '#contracts/join-code';
import { Association, type AssociationKey, Campaign } from '#contracts/registry';
import { CannotRun } from '#functions/local/cannot-run';
import { AssociationChangedError } from '#store/association-changed';
import { sha256Hex } from '#store/hashes';
import type { RegistryStore } from '#store/ports';

export interface AdminDependencies {
  registry: RegistryStore;
  now: Date;
  randomBytes: (length: number) => Uint8Array;
}

/** Registers an association. The key is in the answer and nowhere else. */
export async function createAssociation(
  given: Pick<Association, 'name' | 'members' | 'contact'>,
  { registry, now, randomBytes }: AdminDependencies,
): Promise<{ association: Association; key: string }> {
  const id = `c-${hex(randomBytes(4))}`;
  if (await registry.association(id)) throw new CannotRun('The drawn id is taken; run the command again.');
  const key = newKey(id, randomBytes);
  const association = checked({
    id,
    ...given,
    joinCode: await freeJoinCode(registry, randomBytes),
    createdAt: now.toISOString(),
    keys: [{ hash: sha256Hex(key), madeAt: now.toISOString() }],
  });
  await unlessChanged(association, () => registry.put(association));
  return { association, key };
}

/** Makes a new key; the former ones open for some days more, never longer than they would have. */
export async function rotateKey(
  association: Association,
  { graceDays }: { graceDays: number },
  { registry, now, randomBytes }: AdminDependencies,
): Promise<{ association: Association; key: string }> {
  const key = newKey(association.id, randomBytes);
  const graceEndsAt = new Date(now.getTime() + graceDays * 86_400_000).toISOString();
  const former = graceDays === 0 ? [] : activeKeys(association, now);
  const rotated = checked({
    ...association,
    keys: [
      { hash: sha256Hex(key), madeAt: now.toISOString() },
      ...former.map((entry) => ({ ...entry, endsAt: earlier(entry.endsAt, graceEndsAt) })),
    ],
  });
  await unlessChanged(association, () => registry.put(rotated, association));
  return { association: rotated, key };
}

/** No more members from now on. Closing twice keeps the first day. */
export async function closeAssociation(
  association: Association,
  { registry, now }: Omit<AdminDependencies, 'randomBytes'>,
): Promise<void> {
  const closed = checked({ ...association, closedAt: association.closedAt ?? now.toISOString() });
  await unlessChanged(association, () => registry.put(closed, association));
}

/**
 * A campaign of the association as it will be stored by `addCampaign`.
 *
 * @throws CannotRun for dates that cannot be, and for an association that is closed
 */
export function planCampaign(
  association: Association,
  given: Omit<Campaign, 'id'>,
  { now, randomBytes }: Pick<AdminDependencies, 'now' | 'randomBytes'>,
): Campaign {
  if (association.closedAt !== undefined) throw new CannotRun(`${association.name} is closed.`);
  const campaign = Campaign.safeParse({ id: `k-${hex(randomBytes(4))}`, ...given });
  if (!campaign.success) {
    const name = String(campaign.error.issues[0]!.path[0]);
    throw new CannotRun(`${OPTION_OF[name] ?? name} is not valid; dates have the form YYYY-MM-DD.`);
  }
  const [fault] = campaignFaults(campaign.data, association.campaigns ?? [], berlinDate(now));
  if (fault) throw new CannotRun(`${OPTION_OF[fault.field]}: ${RULES[fault.rule](fault)}`);
  return campaign.data;
}

export async function addCampaign(association: Association, campaign: Campaign, registry: RegistryStore) {
  const campaigns = [...(association.campaigns ?? []), campaign];
  await unlessChanged(association, () => registry.putCampaigns(association, campaigns));
}

const RULES: Record<CampaignFault['rule'], (fault: CampaignFault) => string> = {
  'dates-out-of-order': () => 'A campaign opens, closes and has results, in this order.',
  'campaign-too-long': () => `a campaign lasts ${CAMPAIGN_DAYS_AT_MOST} days at most.`,
  'too-many': () => `an association has ${CAMPAIGNS_AT_MOST} campaigns at most.`,
  'date-past': () => 'the campaign would be over already.',
  'campaigns-overlap': ({ other }) =>
    `campaign ${other!.id} runs from ${other!.opensOn} to ${other!.closesOn}; two campaigns never overlap.`,
};

const OPTION_OF: Record<string, string> = {
  opensOn: '--opens',
  closesOn: '--closes',
  resultsOn: '--results',
  invitations: '--single-use',
};

/** The keys that open at an instant. */
export function activeKeys({ keys = [] }: Association, now: Date): AssociationKey[] {
  return keys.filter(({ endsAt }) => endsAt === undefined || endsAt > now.toISOString());
}

/** @throws CannotRun when somebody else changed the association since it was read */
async function unlessChanged({ name, id }: Association, put: () => Promise<void>): Promise<void> {
  await put().catch((error: unknown) => {
    if (!(error instanceof AssociationChangedError)) throw error;
    throw new CannotRun(
      `${name} (${id}) was changed by somebody else meanwhile; nothing was done. Run the command again.`,
    );
  });
}

function newKey(id: string, randomBytes: AdminDependencies['randomBytes']): string {
  return formatAssociationKey(id, Buffer.from(randomBytes(32)).toString('base64url'));
}

async function freeJoinCode(registry: RegistryStore, randomBytes: AdminDependencies['randomBytes']): Promise<string> {
  for (;;) {
    const code = formatJoinCode(randomBytes(JOIN_CODE_BYTES));
    if (code !== null && !(await registry.byJoinCode(code))) return code;
  }
}

function checked(association: Association): Association {
  const parsed = Association.safeParse(association);
  if (parsed.success) return parsed.data;
  const { path, message } = parsed.error.issues[0]!;
  throw new CannotRun(`--${path.join('.')} is not valid: ${message}.`);
}

const earlier = (one: string | undefined, other: string) => (one !== undefined && one < other ? one : other);
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');
