import type { Association, Invitation } from '#contracts/registry';
import type { LogItem, StoredSubmission } from '#contracts/submission';
import { invitationHashOf } from '#store/hashes';
import type { CampaignStore, InvitationStore, RegistryReader, ReleaseReader, SubmissionLog } from '#store/ports';

/** The log's contract in a map, for tests of what stands before it. `items` is what would lie in the table. */
export function memorySubmissionLog(): SubmissionLog & { items: Map<string, LogItem>; writes: number } {
  const items = new Map<string, LogItem>();
  const log = {
    items,
    writes: 0,
    async get(organisation: string, key: string) {
      return structuredClone(items.get(`${organisation} ${key}`));
    },
    async put(submission: StoredSubmission) {
      log.writes += 1;
      const place = `${submission.organisation} ${submission.key}`;
      if (items.has(place)) return 'exists' as const;
      items.set(place, structuredClone(submission));
      return 'stored' as const;
    },
    async list(organisation: string) {
      return [...items.values()].flatMap((item) =>
        item.kind === 'submission' && item.organisation === organisation ? [structuredClone(item)] : [],
      );
    },
    async withdraw(organisation: string, withdrawnAt: string) {
      const own = await log.list(organisation);
      for (const { key, expiresAt } of own) {
        items.set(`${organisation} ${key}`, { kind: 'tombstone', organisation, key, withdrawnAt, expiresAt });
      }
      return own.length;
    },
    async *scan() {
      yield* items.values();
    },
  };
  return log;
}

export function memoryRegistry(associations: Association[]): RegistryReader & CampaignStore {
  const plain = (code: string) => code.toUpperCase().replaceAll(/[\s-]/g, '');
  return {
    association: async (id) => associations.find((entry) => entry.id === id),
    byJoinCode: async (code) => associations.find((entry) => plain(entry.joinCode) === plain(code)),
    associations: async () => associations,
    putCampaigns: async ({ id }, campaigns) => {
      associations.find((entry) => entry.id === id)!.campaigns = campaigns;
    },
  };
}

/** Single-use codes in a map; `claims` counts the updates. */
export function memoryInvitations(): InvitationStore & { claims: number; releases: number } {
  const known = new Map<string, Invitation & { by?: string }>();
  const store = {
    claims: 0,
    releases: 0,
    async put(invitation: Invitation) {
      known.set(invitation.codeHash, { ...known.get(invitation.codeHash), ...invitation });
    },
    async claim(code: string, organisation: string) {
      store.claims += 1;
      const entry = known.get(invitationHashOf(code));
      if (!entry || (entry.by ?? organisation) !== organisation) return undefined;
      const isNew = entry.by === undefined;
      entry.by = organisation;
      return { association: entry.association, campaign: entry.campaign, isNew };
    },
    async release(code: string, organisation: string) {
      store.releases += 1;
      const entry = known.get(invitationHashOf(code));
      if (entry?.by === organisation) delete entry.by;
    },
  };
  return store;
}

/** A service before its first release. */
export const noReleases: ReleaseReader = {
  head: async () => undefined,
  manifest: async () => undefined,
  cell: async () => undefined,
  change: async () => undefined,
  memberCells: async () => undefined,
};
