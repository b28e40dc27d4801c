import { berlinDate } from '#contracts/calendar';
import { readCode } from '#contracts/join-code';
import { joiningOf } from '#contracts/joining';
import type { Association } from '#contracts/registry';
import type { LocalText } from '#contracts/text';
import type { InvitationClaim } from '#store/ports';
import { longDate } from '#views/standing-words';
import type { ApiDependencies } from '../http/dependencies.ts';
import type { FieldFault } from '../http/problem.ts';
import type { FieldRule } from '../http/problem-texts.ts';

/** The associations a submission wants to join, as far as that can be told without using up a code. */
export interface Joining {
  /** Of the join codes. */
  ids: string[];
  /** Invitation codes, canonical; who they belong to shows when they are claimed. */
  invitations: { code: string; field: string }[];
}

/**
 * Looks up join codes for a submission of an organisation. Changes nothing: invitation codes are claimed last, when
 * nothing else is wrong (`claimInvitations`).
 */
export async function readJoining(
  codes: string[],
  { organisation, instrument }: { organisation: string; instrument: string },
  deps: Pick<ApiDependencies, 'registry' | 'submissions' | 'now'>,
): Promise<Joining & { faults: FieldFault[] }> {
  const today = berlinDate(deps.now());
  const joining: Joining & { faults: FieldFault[] } = { ids: [], invitations: [], faults: [] };
  for (const [index, text] of codes.entries()) {
    const field = `/associations/${index}`;
    const reading = readCode(text);
    if (reading.kind === 'invitation') {
      if (joining.invitations.some(({ code }) => code === reading.code))
        joining.faults.push({ field, rule: 'repeated-code' });
      else joining.invitations.push({ code: reading.code, field });
      continue;
    }
    const association = await deps.registry.byJoinCode(reading.code);
    const fault = association
      ? joiningFault(association, instrument, today)
      : { rule: reading.isMistyped ? ('mistyped-join-code' as const) : ('unknown-join-code' as const) };
    if (fault && !(association && (await isMember(association, organisation, deps))))
      joining.faults.push({ field, ...fault });
    else if (association && joining.ids.includes(association.id)) joining.faults.push({ field, rule: 'repeated-code' });
    else if (association) joining.ids.push(association.id);
  }
  return joining;
}

/**
 * Claims the invitation codes for the organisation, all or none: where one is refused, those that were free are free
 * again, and every one is named, so that nobody learns by a second, wrong code whether the first was used. May be
 * repeated: a retry, and a crash between claim and submission, find their own claims again.
 */
export async function claimInvitations(
  { ids, invitations }: Joining,
  organisation: string,
  deps: Pick<ApiDependencies, 'registry' | 'invitations' | 'now'>,
): Promise<{ ids: string[]; faults: FieldFault[] }> {
  const today = berlinDate(deps.now());
  const claims = await Promise.all(
    invitations.map(async ({ code }) => {
      const claim = await deps.invitations.claim(code, organisation);
      const association = claim && (await deps.registry.association(claim.association));
      return { code, claim, association: association && letsIn(association, claim, today) ? association : undefined };
    }),
  );
  if (claims.every(({ association }) => association !== undefined))
    return { ids: [...new Set([...ids, ...claims.map(({ association }) => association!.id)])], faults: [] };
  // The same calls whatever was found, so that the time they take tells nothing.
  await Promise.all(
    claims.map(({ code, claim }) => deps.invitations.release(code, claim?.isNew ? organisation : NOBODY)),
  );
  // One answer for unknown, used, too early, too late and closed: nobody learns from it who took part.
  return { ids: [], faults: invitations.map(({ field }) => ({ field, rule: 'invalid-invitation-code' as const })) };
}

/** No organisation's hash. */
const NOBODY = '';

/** Who is a member already may correct its check after the campaign. */
function letsIn({ closedAt, campaigns = [] }: Association, { campaign, isNew }: InvitationClaim, today: string) {
  const { opensOn = '', closesOn = '' } = campaigns.find(({ id }) => id === campaign) ?? {};
  return closedAt === undefined && (!isNew || (opensOn <= today && today <= closesOn));
}

/** Why a join code takes no new member today; undefined when it does. */
export function joiningFault(
  association: Association,
  instrument: string,
  today: string,
): { rule: FieldRule; words?: Record<string, LocalText> } | undefined {
  const joining = joiningOf(association, instrument, today);
  switch (joining.state) {
    case 'open':
      return undefined;
    case 'not-yet':
      return { rule: 'join-code-not-yet-open', words: { opensOn: inWords(joining.opensOn) } };
    case 'by-invitation':
      return { rule: 'join-code-by-invitation' };
    case 'over':
      return { rule: 'join-code-over', words: { closedOn: inWords(joining.closedOn) } };
    case 'closed':
      return { rule: 'closed-join-code' };
  }
}

const inWords = (date: string): LocalText => ({ de: longDate(date, 'de'), en: longDate(date, 'en') });

/** Between campaigns nobody new is let in, but a member may correct its check without leaving its association. */
async function isMember(
  association: Association,
  organisation: string,
  { submissions }: Pick<ApiDependencies, 'submissions'>,
): Promise<boolean> {
  if (association.closedAt !== undefined) return false;
  const own = await submissions.list(organisation);
  return own.some(({ associations }) => associations?.includes(association.id) ?? false);
}
