import { berlinDate } from '#contracts/calendar';
import { readCode } from '#contracts/join-code';
import { joiningOf } from '#contracts/joining';
import type { Association } from '#contracts/registry';
import type { LocalText } from '#contracts/text';
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
 * Claims the invitation codes for the organisation, each by one update that may be repeated: a retry, and a crash between
 * claim and submission, find their own claim again.
 */
export async function claimInvitations(
  { ids, invitations }: Joining,
  organisation: string,
  deps: Pick<ApiDependencies, 'registry' | 'invitations' | 'now'>,
): Promise<{ ids: string[]; faults: FieldFault[] }> {
  const joined = [...ids];
  const faults: FieldFault[] = [];
  for (const { code, field } of invitations) {
    const claimed = await deps.invitations.claim(code, organisation, berlinDate(deps.now()));
    const association = claimed && (await deps.registry.association(claimed.association));
    // One answer for unknown, used, too early, too late and closed: nobody learns from it who took part.
    if (!association || association.closedAt !== undefined) faults.push({ field, rule: 'invalid-invitation-code' });
    else if (!joined.includes(association.id)) joined.push(association.id);
  }
  return { ids: joined, faults };
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
