import { randomBytes } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { drawInvitationCodes } from '#contracts/join-code';
import type { Association, Campaign } from '#contracts/registry';
import { serviceOrigin } from '#contracts/service-address';
import type { Lang } from '#contracts/text';
import { CannotRun } from '#functions/local/cannot-run';
import { type LocalContext, publishDependencies } from '#functions/local/context';
import {
  activeKeys,
  addCampaign,
  closeAssociation,
  createAssociation,
  planCampaign,
  rotateKey,
} from './admin/association.ts';
import { campaignKit } from './admin/campaign-kit.ts';
import { codesFileText, reserveFile, storeInvitations } from './admin/invitations.ts';
import { decide, reviewed, reviewLine } from './admin/review.ts';
import { createCommand, PLACES, startIfProgram, type Values, WrongUse } from './command.ts';
import { languageOf } from './language.ts';
import { withContext } from './with-context.ts';

const USAGE = `npm run admin -- association VERB [ID] [options]
       npm run admin -- review list | admit ID... | exclude ID... [options]

  association create --name NAME [--members N] [--contact TEXT]
                     registers an association; prints its join code and, this once, its key
  association list   all associations
  association show ID
                     one association with its campaigns and how long its keys open
  association rotate-key ID [--grace-days N]
                     makes a new key and prints it once; the former opens for N more days (default: 14, 0: ends now)
  association close ID
                     takes no more members; what is published stays, and the key still reads it
  association campaign ID --opens DATE --closes DATE --results DATE [--instrument ID]
                     a period in which members are invited, YYYY-MM-DD, both ends included
                     (--instrument: the check it is about, default: digitalcheck.1). It lasts a year at most; two campaigns
                     never overlap
      --invited N    how many organisations are invited
      --single-use N --codes FILE
                     with N single-use codes in place of the join code, written to FILE (CSV), which must not exist.
                     Each lets one organisation in. Hand them out at random and keep no list of who got which
  association kit ID --out DIR [--campaign ID]
                     what the association sends and shows for a campaign (default: its last): invitation, two reminders,
                     questions and answers, data protection, link and QR code, in German and English
  --url URL          address of the service in links (default: that of the local server)

  review list        open submissions that the next release would leave out because they look careless or invented, and the
                     decisions so far: id, day, decision, why it was flagged. Never an answer
  review admit ID... | exclude ID...
                     lets them count, or leaves them out, from the next release on; the last decision holds
      --reason TEXT  kept with the decision; name no organisation in it
      --instrument ID  the check it is about (default: digitalcheck.1)

  --data DIR         the local server's data folder
  --instruments DIR  a folder with further instrument files (default: INSTRUMENTS_DIR)

Environment: DYNAMODB_ENDPOINT and TABLE_PREFIX name another DynamoDB, for example that of a deployment on AWS.
Exit code: 0 done; 1 nothing was changed.
`;

const DEFAULT_GRACE_DAYS = 14;
const DEFAULT_INSTRUMENT = 'digitalcheck.1';
const DEFAULT_URL = 'http://localhost:8080/';

const OPTIONS = {
  ...PLACES,
  name: { type: 'string' },
  members: { type: 'string' },
  contact: { type: 'string' },
  'grace-days': { type: 'string' },
  instrument: { type: 'string' },
  opens: { type: 'string' },
  closes: { type: 'string' },
  results: { type: 'string' },
  invited: { type: 'string' },
  'single-use': { type: 'string' },
  codes: { type: 'string' },
  url: { type: 'string' },
  out: { type: 'string' },
  campaign: { type: 'string' },
  reason: { type: 'string' },
} as const;
type Given = Values<typeof OPTIONS>;

interface World {
  context: LocalContext;
  now: Date;
  out: NodeJS.WritableStream;
  /** Of the files that a spreadsheet opens. */
  lang: Lang;
}

/** What can be done with one association. */
const VERBS: Record<string, (association: Association, given: Given, world: World) => unknown> = {
  show: (association, _, { now, out }) => out.write(describe(association, now)),
  'rotate-key': rotate,
  close,
  campaign: openCampaign,
  kit: writeKit,
};
const NEEDED: Record<string, readonly (keyof Given)[]> = {
  create: ['name'],
  kit: ['out'],
  campaign: ['opens', 'closes', 'results'],
};

export const main = createCommand({
  usage: USAGE,
  options: OPTIONS,
  takesWords: true,
  async run({ values, words: [subject, verb = '', ...ids], env, out }) {
    if (subject === 'review') checkReview(verb, ids, values);
    else if (subject === 'association') checkAssociation(verb, ids, values);
    else throw new WrongUse('Say what to do with an association.');
    await withContext(values, env, async (context) => {
      const world = { context, now: new Date(), out, lang: languageOf(undefined, env) };
      if (subject === 'review') return review(verb, ids, values, world);
      if (verb === 'list') return list(world);
      if (verb === 'create') return create(values, world);
      return VERBS[verb]!(await known(context, ids[0]!), values, world);
    });
    return 0;
  },
});

function checkAssociation(verb: string, ids: string[], values: Given): void {
  const needsId = verb in VERBS;
  if (!needsId && verb !== 'create' && verb !== 'list') throw new WrongUse('Say what to do with an association.');
  if (needsId && ids.length === 0)
    throw new WrongUse(`association ${verb} needs the id of an association; "list" shows them.`);
  checkSurplus(ids.slice(needsId ? 1 : 0));
  const missing = NEEDED[verb]?.find((name) => !values[name]?.trim());
  if (missing) throw new WrongUse(`--${missing} is missing.`);
  for (const name of ['members', 'invited', 'single-use', 'grace-days'] as const)
    if (values[name] !== undefined && !/^\d{1,6}$/.test(values[name]))
      throw new WrongUse(`--${name} is a whole number.`);
  if (verb === 'campaign' && (values['single-use'] === undefined) !== (values.codes === undefined))
    throw new WrongUse('--single-use and --codes go together.');
}

function checkReview(verb: string, ids: string[], { reason }: Given): void {
  if (!['list', 'admit', 'exclude'].includes(verb)) throw new WrongUse('Say list, admit or exclude.');
  if (verb === 'list') checkSurplus(ids);
  else if (ids.length === 0) throw new WrongUse(`review ${verb} needs ids; "review list" shows them.`);
  const wrong = ids.find((id) => !/^[0-9a-f]{6,64}$/.test(id));
  if (wrong !== undefined) throw new WrongUse(`"${wrong}" is not an id: at least 6 of its hex digits.`);
  if (reason !== undefined && (reason.trim() === '' || reason.length > 300))
    throw new WrongUse('--reason has 1 to 300 characters.');
}

function checkSurplus([surplus]: string[]): void {
  if (surplus !== undefined) throw new WrongUse(`"${surplus}" is one word too many.`);
}

async function review(verb: string, ids: string[], given: Given, { context, now, out }: World): Promise<void> {
  const { registry } = context.stores;
  const deps = { ...publishDependencies(context, { now: () => now, log: () => {} }), registry, now };
  const { instrument = DEFAULT_INSTRUMENT, reason } = given;
  if (verb === 'admit' || verb === 'exclude')
    await decide({ instrument, ids, decision: verb, reason: reason?.trim() }, deps);
  const lines = (await reviewed(instrument, deps)).map(reviewLine);
  out.write(lines.length === 0 ? 'Nothing is under review.\n' : lines.join(''));
}

async function list({ context, out }: World): Promise<void> {
  const all = await context.stores.registry.associations();
  out.write(all.length === 0 ? 'No association is registered yet.\n' : all.map(lineOf).join(''));
}

async function create({ name, members, contact }: Given, { context, now, out }: World): Promise<void> {
  const created = await createAssociation(
    {
      name: name!.trim(),
      ...(members === undefined ? {} : { members: Number(members) }),
      ...(contact === undefined ? {} : { contact: contact.trim() }),
    },
    { registry: context.stores.registry, now, randomBytes },
  );
  out.write(`${describe(created.association, now)}${keyText(created.key)}`);
}

async function rotate(association: Association, given: Given, { context, now, out }: World): Promise<void> {
  const graceDays = Number(given['grace-days'] ?? DEFAULT_GRACE_DAYS);
  const { registry } = context.stores;
  const rotated = await rotateKey(association, { graceDays }, { registry, now, randomBytes });
  const ending = rotated.association.keys?.find(({ endsAt }) => endsAt !== undefined);
  out.write(keyText(rotated.key));
  out.write(
    ending ? `The former key opens until ${ending.endsAt}.\n` : 'The former key, if there was one, no longer opens.\n',
  );
}

async function close(association: Association, _: Given, { context, now, out }: World): Promise<void> {
  await closeAssociation(association, { registry: context.stores.registry, now });
  out.write(`${association.name} (${association.id}) takes no more members.\n`);
}

async function writeKit(association: Association, given: Given, { context, out }: World): Promise<void> {
  const campaign = campaignOf(association, given.campaign);
  for (const { name, text } of campaignKit(association, campaign, originOf(given, context))) {
    const path = join(given.out!, name);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, text);
  }
  out.write(`The kit of campaign ${campaign.id} is in ${given.out}.\n`);
}

async function openCampaign(association: Association, given: Given, { context, now, out, lang }: World): Promise<void> {
  const [count, invited] = [given['single-use'], given.invited].map((text) =>
    text === undefined ? undefined : Number(text),
  );
  const { registry, invitations } = context.stores;
  const plan = {
    instrument: given.instrument ?? DEFAULT_INSTRUMENT,
    opensOn: given.opens!,
    closesOn: given.closes!,
    resultsOn: given.results!,
    ...(invited === undefined ? {} : { invited }),
    ...(count === undefined ? {} : { invitations: count }),
  };
  if (!context.instruments.has(plan.instrument)) throw new CannotRun(`The instrument "${plan.instrument}" is unknown.`);
  const campaign = planCampaign(association, plan, { now, randomBytes });
  const codes = drawInvitationCodes(count ?? 0, randomBytes);
  const file =
    given.codes &&
    (await reserveFile(given.codes, codesFileText(codes, association, { url: originOf(given, context), lang })));
  try {
    // Codes first: until their campaign is there they let nobody in.
    await storeInvitations(codes, association, campaign, invitations);
    await addCampaign(association, campaign, registry);
  } catch (error) {
    if (file) await file.discard();
    throw error;
  }
  if (file) {
    await file.fill();
    out.write(`${count} single-use codes are in ${given.codes}. Hand them out at random.\n`);
  }
  out.write(`Campaign ${campaign.id} of ${association.name}: ${campaign.opensOn} to ${campaign.closesOn}.\n`);
}

/** @throws CannotRun when links cannot lead to the address that was given */
function originOf({ url }: Given, { server }: LocalContext): string {
  const origin = serviceOrigin(url ?? server?.url ?? DEFAULT_URL);
  if (origin) return origin;
  throw new CannotRun(
    `--url: "${url}" is not the address of a service, such as https://www.example.org: http or https, without a path.`,
  );
}

async function known({ stores }: LocalContext, id: string): Promise<Association> {
  const association = (await stores.registry.association(id)) ?? (await stores.registry.byJoinCode(id));
  if (!association) throw new CannotRun(`There is no association "${id}"; "association list" shows them all.`);
  return association;
}

function campaignOf({ name, campaigns = [] }: Association, id: string | undefined): Campaign {
  const campaign = id === undefined ? campaigns.at(-1) : campaigns.find((entry) => entry.id === id);
  if (campaign) return campaign;
  throw new CannotRun(
    id === undefined
      ? `${name} has no campaign yet; "association campaign" makes one.`
      : `${name} has no campaign "${id}".`,
  );
}

function lineOf({ id, joinCode, name, closedAt }: Association): string {
  return `${id}  ${joinCode.padEnd(12)}  ${name}${closedAt ? ` (closed ${closedAt.slice(0, 10)})` : ''}\n`;
}

function describe(association: Association, now: Date): string {
  const { id, name, joinCode, members, contact, createdAt, closedAt, campaigns = [] } = association;
  const keys = activeKeys(association, now);
  return [
    `${name}\n`,
    `  id         ${id}\n`,
    `  join code  ${joinCode}\n`,
    ...(members === undefined ? [] : [`  members    ${members}\n`]),
    ...(contact === undefined ? [] : [`  contact    ${contact}\n`]),
    `  created    ${createdAt.slice(0, 10)}\n`,
    ...(closedAt === undefined ? [] : [`  closed     ${closedAt.slice(0, 10)}\n`]),
    ...keys.map(({ madeAt, endsAt }) => `  key        of ${madeAt.slice(0, 10)}${endsAt ? `, until ${endsAt}` : ''}\n`),
    ...(keys.length === 0 ? ['  key        none; "association rotate-key" makes one\n'] : []),
    ...campaigns.map((campaign) => {
      const codes = campaign.invitations === undefined ? 'join code' : `${campaign.invitations} single-use codes`;
      return `  campaign   ${campaign.id}  ${campaign.opensOn} to ${campaign.closesOn}, results ${campaign.resultsOn}, ${campaign.instrument}, ${codes}\n`;
    }),
  ].join('');
}

const keyText = (key: string) => `Key (secret, shown this once; only its hash is kept):\n  ${key}\n`;

await startIfProgram(import.meta.url, main);
