import { randomBytes } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Association, Campaign } from '#contracts/registry';
import type { Review } from '#contracts/review';
import { type LocalContext, publishDependencies } from '#functions/local/context';
import { AdminError } from './admin/admin-error.ts';
import { activeKeys, addCampaign, closeAssociation, createAssociation, rotateKey } from './admin/association.ts';
import { campaignKit } from './admin/campaign-kit.ts';
import { codesFileText, drawCodes, reserveFile, storeInvitations } from './admin/invitations.ts';
import { decide, heldBack, reviewLine } from './admin/quarantine.ts';
import { type CommandStreams, runCommand, startIfProgram } from './command.ts';

const USAGE = `npm run admin -- association VERB [ID] [options]
       npm run admin -- quarantine list | admit ID... | exclude ID... [options]

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
                     (--instrument: the check it is about, default: digitalcheck.1)
      --single-use N --codes FILE
                     with N single-use codes in place of the join code, written to FILE (CSV), which must not exist.
                     Each lets one organisation in. Hand them out at random and keep no list of who got which
  association kit ID --out DIR [--campaign ID]
                     what the association sends and shows for a campaign (default: its last): invitation, two reminders,
                     questions and answers, data protection, link and QR code, in German and English
  --url URL          address of the service in links (default: that of the local server)

  quarantine list    open submissions that the next release would leave out because they look careless or invented, and the
                     decisions so far: id, day, decision, why it was flagged. Never an answer
  quarantine admit ID... | exclude ID...
                     lets them count, or leaves them out, from the next release on; the last decision holds
      --reason TEXT  kept with the decision; name no organisation in it
      --instrument ID  the check it is about (default: digitalcheck.1)

  --data DIR         the local server's data folder
  --instruments DIR  a folder with further instrument files (default: INSTRUMENTS_DIR)

Environment: DYNAMODB_ENDPOINT and TABLE_PREFIX name another DynamoDB, for example that of a deployment on AWS.
Exit code: 0 done; 1 nothing was changed.
`;

const VERBS = ['create', 'list', 'show', 'rotate-key', 'close', 'campaign', 'kit'];
const DEFAULT_GRACE_DAYS = 14;
const DEFAULT_INSTRUMENT = 'digitalcheck.1';
const DEFAULT_URL = 'http://localhost:8080/';

/** Runs the command and returns its exit code. */
export function main(argv: string[], env: Record<string, string | undefined>, io: CommandStreams): Promise<number> {
  return runCommand(
    {
      usage: USAGE,
      takesWords: true,
      options: {
        name: { type: 'string' },
        members: { type: 'string' },
        contact: { type: 'string' },
        'grace-days': { type: 'string' },
        instrument: { type: 'string' },
        opens: { type: 'string' },
        closes: { type: 'string' },
        results: { type: 'string' },
        'single-use': { type: 'string' },
        codes: { type: 'string' },
        url: { type: 'string' },
        out: { type: 'string' },
        campaign: { type: 'string' },
        reason: { type: 'string' },
      },
      expected: [AdminError],
      complaint: (values, [subject, verb, id, ...more]) => {
        if (subject === 'quarantine') return quarantineComplaint(verb, [id, ...more], values.reason);
        if (subject !== 'association' || !VERBS.includes(verb ?? '')) return 'Say what to do with an association.';
        const needsId = verb !== 'create' && verb !== 'list';
        if (needsId && id === undefined)
          return `association ${verb} needs the id of an association; "list" shows them.`;
        const [surplus] = needsId ? more : [id, ...more];
        if (surplus !== undefined) return `"${surplus}" is one word too many.`;
        if (verb === 'create' && !values.name?.trim()) return '--name is missing.';
        for (const name of ['members', 'single-use', 'grace-days'] as const)
          if (values[name] !== undefined && !/^\d{1,6}$/.test(values[name])) return `--${name} is a whole number.`;
        if (verb === 'kit' && !values.out) return '--out is missing.';
        if (verb === 'campaign') {
          const missing = (['opens', 'closes', 'results'] as const).find((name) => values[name] === undefined);
          if (missing) return `--${missing} is missing.`;
          if ((values['single-use'] === undefined) !== (values.codes === undefined))
            return '--single-use and --codes go together.';
        }
        return undefined;
      },
      async run(values, context, out, [subject, verb, id, ...more]) {
        const now = new Date();
        const { registry } = context.stores;
        if (subject === 'quarantine') {
          const deps = { ...publishDependencies(context, { now: () => now, log: () => {} }), registry, now };
          const instrument = values.instrument ?? DEFAULT_INSTRUMENT;
          if (verb !== 'list') {
            const ids = [id!, ...more];
            await decide(
              { instrument, ids, decision: verb as Review['decision'], reason: values.reason?.trim() },
              deps,
            );
          }
          const lines = (await heldBack(instrument, deps)).map(reviewLine);
          out.write(lines.length === 0 ? 'Nothing is held back.\n' : lines.join(''));
          return 0;
        }
        if (verb === 'list') {
          const all = await registry.associations();
          out.write(all.length === 0 ? 'No association is registered yet.\n' : all.map(lineOf).join(''));
          return 0;
        }
        if (verb === 'create') {
          const created = await createAssociation(
            {
              name: values.name!.trim(),
              ...(values.members === undefined ? {} : { members: Number(values.members) }),
              ...(values.contact === undefined ? {} : { contact: values.contact.trim() }),
            },
            { registry, now, randomBytes },
          );
          out.write(describe(created.association, now));
          out.write(keyText(created.key));
          return 0;
        }
        const association = await known(context, id!);
        switch (verb) {
          case 'show':
            out.write(describe(association, now));
            return 0;
          case 'rotate-key': {
            const graceDays = Number(values['grace-days'] ?? DEFAULT_GRACE_DAYS);
            const rotated = await rotateKey(association, { graceDays }, { registry, now, randomBytes });
            const ending = rotated.association.keys?.find(({ endsAt }) => endsAt !== undefined);
            out.write(keyText(rotated.key));
            out.write(
              ending
                ? `The former key opens until ${ending.endsAt}.\n`
                : 'The former key, if there was one, no longer opens.\n',
            );
            return 0;
          }
          case 'close':
            await closeAssociation(association, { registry, now });
            out.write(`${association.name} (${association.id}) takes no more members.\n`);
            return 0;
          case 'kit': {
            const campaign = campaignOf(association, values.campaign);
            const url = values.url ?? context.server?.url ?? DEFAULT_URL;
            for (const { name, text } of campaignKit(association, campaign, url)) {
              const path = join(values.out!, name);
              await mkdir(dirname(path), { recursive: true });
              await writeFile(path, text);
            }
            out.write(`The kit of campaign ${campaign.id} is in ${values.out}.\n`);
            return 0;
          }
          default: {
            const count = values['single-use'] === undefined ? undefined : Number(values['single-use']);
            const campaign = {
              instrument: values.instrument ?? DEFAULT_INSTRUMENT,
              opensOn: values.opens!,
              closesOn: values.closes!,
              resultsOn: values.results!,
              ...(count === undefined ? {} : { invitations: count }),
            };
            if (!context.instruments.has(campaign.instrument))
              throw new AdminError(`The instrument "${campaign.instrument}" is unknown.`);
            const codes = drawCodes(count ?? 0, randomBytes);
            const url = values.url ?? context.server?.url ?? DEFAULT_URL;
            const file = values.codes && (await reserveFile(values.codes, codesFileText(codes, association, url)));
            const added = await addCampaign(association, campaign, { registry, now, randomBytes }).catch(
              async (error: unknown) => {
                if (file) await file.discard();
                throw error;
              },
            );
            if (file) {
              await storeInvitations(codes, association, added, context.stores.invitations);
              // Last, so that every code in the file works.
              await file.fill();
              out.write(`${count} single-use codes are in ${values.codes}. Hand them out at random.\n`);
            }
            out.write(`Campaign ${added.id} of ${association.name}: ${added.opensOn} to ${added.closesOn}.\n`);
            return 0;
          }
        }
      },
    },
    argv,
    env,
    io,
  );
}

function quarantineComplaint(
  verb: string | undefined,
  ids: (string | undefined)[],
  reason: string | undefined,
): string | undefined {
  if (!['list', 'admit', 'exclude'].includes(verb ?? '')) return 'Say list, admit or exclude.';
  const given = ids.filter((id) => id !== undefined);
  if (verb === 'list') return given.length > 0 ? `"${given[0]}" is one word too many.` : undefined;
  if (given.length === 0) return `quarantine ${verb} needs ids; "quarantine list" shows them.`;
  const wrong = given.find((id) => !/^[0-9a-f]{6,64}$/.test(id));
  if (wrong !== undefined) return `"${wrong}" is not an id: at least 6 of its hex digits.`;
  return reason !== undefined && (reason.trim() === '' || reason.length > 300)
    ? '--reason has 1 to 300 characters.'
    : undefined;
}

async function known({ stores }: LocalContext, id: string): Promise<Association> {
  const association = (await stores.registry.association(id)) ?? (await stores.registry.byJoinCode(id));
  if (!association) throw new AdminError(`There is no association "${id}"; "association list" shows them all.`);
  return association;
}

function campaignOf({ name, campaigns = [] }: Association, id: string | undefined): Campaign {
  const campaign = id === undefined ? campaigns.at(-1) : campaigns.find((entry) => entry.id === id);
  if (campaign) return campaign;
  throw new AdminError(
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
