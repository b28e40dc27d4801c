import { type Context, Hono } from 'hono';
import pMap from 'p-map';
import * as z from 'zod';
import { CampaignPlan } from '#contracts/answers/association';
import { berlinDate } from '#contracts/calendar';
import { CAMPAIGN_DAYS_AT_MOST, CAMPAIGNS_AT_MOST } from '#contracts/campaign-length';
import { type CampaignFault, campaignFaults } from '#contracts/campaign-rules';
import { Campaign, CampaignId } from '#contracts/registry';
import type { Instruments } from '#instruments/load-instruments';
import { AssociationChangedError } from '#store/association-changed';
import { longDate } from '#views/standing-words';
import type { ApiDependencies } from '../http/dependencies.ts';
import { readJsonBody } from '../http/json-body.ts';
import { type FieldFault, problem } from '../http/problem.ts';
import type { ApiEnv } from '../http/request-log.ts';
import { json, type Operations } from '../http/responses.ts';
import { associationAccess } from './association-access.ts';
import { faultsOf } from './field-faults.ts';

/** Bytes of a plan with as many codes as a campaign may have. */
const PLAN_LIMIT_BYTES = 262_144;
/** Codes that are written at the same time. */
const AT_ONCE = 25;

/**
 * `/v1/associations/{id}/campaigns/{campaign}`: an association makes, extends and closes its campaigns with its own key,
 * by the rules that hold for the operator's command too. Only where the operator lets associations do so.
 */
export function campaignRoutes(deps: ApiDependencies) {
  const open = associationAccess(deps);
  return new Hono<ApiEnv>().put('/v1/associations/:id/campaigns/:campaign', async (c) => {
    const association = await open(c, c.req.param('id'));
    const { campaigns: writer } = deps;
    if (!writer) throw problem('campaigns-by-operator');
    const plan = await readPlan(c, deps.instruments);
    const today = berlinDate(deps.now());
    const former = association.campaigns?.find(({ id }) => id === c.req.param('campaign'));
    if (association.closedAt !== undefined) throw problem('association-closed');
    if (former && former.closesOn < today) throw problem('campaign-over');
    const campaign = campaignOf(c.req.param('campaign'), plan, former);
    const faults = [
      ...changeFaults(plan, former),
      ...campaignFaults(campaign, association.campaigns ?? [], today).map(inField),
    ];
    if (faults.length > 0) throw problem('invalid-campaign', {}, { faults });

    // Codes first: until their campaign is there they let nobody in. One that is there has all of its codes, and takes no others.
    const { id, opensOn } = campaign;
    const codes = former ? [] : (plan.codes ?? []);
    const invitation = (codeHash: string) => ({ codeHash, association: association.id, campaign: id, opensOn });
    await pMap(codes, (codeHash) => writer.invitations.put(invitation(codeHash)), { concurrency: AT_ONCE });
    const others = (association.campaigns ?? []).filter((entry) => entry.id !== id);
    await writer.registry.putCampaigns(association, [...others, campaign]).catch((error: unknown) => {
      throw error instanceof AssociationChangedError ? problem('association-changed', {}, { cause: error }) : error;
    });
    const outcome = former ? 'changed' : 'made';
    const requestId = c.get('requestId');
    deps.log({ event: 'association-campaign', outcome, association: association.id, campaign: id, requestId });
    return c.json(campaign, former ? 200 : 201, { 'Cache-Control': 'no-store' });
  });
}

/** @throws ProblemError `invalid-campaign`, and what `readJsonBody` throws */
async function readPlan(c: Context, instruments: Instruments): Promise<CampaignPlan> {
  const { value, faults } = await readJsonBody(c, PLAN_LIMIT_BYTES);
  if (!CampaignId.safeParse(c.req.param('campaign')).success)
    faults.push({ field: 'path:campaign', rule: 'invalid-campaign-id' });
  const { data: plan, error } = CampaignPlan.safeParse(value);
  for (const issue of error?.issues ?? []) faults.push(...faultsOf(issue, value));
  if (plan && !instruments.has(plan.instrument)) faults.push({ field: '/instrument', rule: 'unknown-instrument' });
  for (const [place, code] of (plan?.codes ?? []).entries())
    if (plan!.codes!.indexOf(code) < place) faults.push({ field: `/codes/${place}`, rule: 'repeated-entry' });
  if (!plan || faults.length > 0) throw problem('invalid-campaign', {}, { faults });
  return plan;
}

function campaignOf(id: string, { codes, ...plan }: CampaignPlan, former: Campaign | undefined): Campaign {
  const invitations = codes?.length ?? former?.invitations;
  return { id, ...plan, ...(invitations === undefined ? {} : { invitations }) };
}

/** Who was invited with which code, and from when on, stays as it was told to the members. */
function changeFaults(plan: CampaignPlan, former: Campaign | undefined): FieldFault[] {
  if (!former) return [];
  const isKept = {
    instrument: plan.instrument === former.instrument,
    opensOn: plan.opensOn === former.opensOn,
    codes: plan.codes === undefined || plan.codes.length === former.invitations,
  };
  return Object.entries(isKept).flatMap(([name, kept]) =>
    kept ? [] : [{ field: `/${name}`, rule: 'unchangeable' as const }],
  );
}

function inField({ field, rule, other }: CampaignFault): FieldFault {
  const words = {
    days: CAMPAIGN_DAYS_AT_MOST,
    maximum: CAMPAIGNS_AT_MOST,
    ...(other && { opensOn: inWords(other.opensOn), closesOn: inWords(other.closesOn) }),
  };
  // No field of the plan is at fault where it is one campaign too many.
  return { field: rule === 'too-many' ? 'path:campaign' : `/${field}`, rule, words };
}

const inWords = (date: string) => ({ de: longDate(date, 'de'), en: longDate(date, 'en') });

export const campaignOperations: Operations = {
  'PUT /v1/associations/{id}/campaigns/{campaign}': {
    operationId: 'putCampaign',
    tags: ['Associations'],
    summary: 'Makes, extends or closes a campaign of the association',
    description: `The id is drawn by the caller, so that a request may be repeated. A campaign that exists keeps its instrument, its first
day and its codes (those that come with a change are not stored); until its last day has passed the other days may change. Single-use codes are drawn by the caller, and
only their hashes are sent: the service never knows a code before it is used.`,
    security: [{ associationKey: [] }],
    requestParams: {
      path: z.object({ id: z.string().meta({ description: 'Id of the association.' }), campaign: CampaignId }),
    },
    requestBody: { required: true, content: { 'application/json': { schema: CampaignPlan } } },
    ok: { ...json('The campaign, changed', Campaign), ...json('The new campaign', Campaign, 201) },
    problems: [
      'campaigns-by-operator',
      'association-closed',
      'campaign-over',
      'association-changed',
      'malformed-json',
      'unsupported-media-type',
      'body-too-large',
      'invalid-campaign',
      'unavailable',
    ],
  },
};
