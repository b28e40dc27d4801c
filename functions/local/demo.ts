import { createHash } from 'node:crypto';
import type { Hono } from 'hono';
import pMap from 'p-map';
import { formatAssociationKey } from '#contracts/association-key';
import { addDays, berlinDate, monthsBefore } from '#contracts/calendar';
import { makeReceipt } from '#contracts/receipt';
import type { Campaign } from '#contracts/registry';
import type { SubmissionBody } from '#contracts/submission';
import type { Instruments } from '#instruments/load-instruments';
import { newestVersion } from '#instruments/newest-version';
import { sha256Hex } from '#store/hashes';
import type { RegistryStore } from '#store/ports';
import { type SyntheticSubmission, syntheticSector, WAVE_DAYS } from './synthetic-sector.ts';

export interface DemoDependencies {
  /** The service with its clock at a moment: what is submitted through it is accepted then. */
  appAt: (moment: Date) => Pick<Hono, 'request'>;
  /** Publishes a series at a cut-off date, as of a moment; one that is already published must be left as it is. */
  publish: (series: string, cutoffOn: string, moment: Date) => Promise<unknown>;
  registry: Pick<RegistryStore, 'association' | 'put' | 'putCampaigns'>;
  now: () => Date;
  instruments: Instruments;
}

/** The series. Its first wave was asked by the first version, the others by the newest. */
export const DEMO_INSTRUMENT = 'digitalcheck.1';
export const DEMO_ORGANISATIONS = 270;
export const DEMO_MEMBERS = 45;
/** Of 200 members of the umbrella association, those that take part. */
export const DEMO_UMBRELLA_MEMBERS = 120;
/** The house whose receipt the demo hands out: elder care, 50 to 249 staff, there from the first wave on. */
export const DEMO_HOUSE = { level: 'facility', sector: 'elder-care', size: '50-249', region: 'de-nw' };

const SEED = 'sektorspiegel demo';
const CONCURRENCY = 16;

/**
 * Fills an empty service with an invented sector through its own api: two associations, three waves of checks, two
 * releases (about 13 and 5 months ago). What comes after the second release waits for the next, as in real life.
 *
 * May be run again, also after a crash and on a later day: receipts, keys and bodies are the same, so the api replays
 * them. The dates hang on the day of the first run, which is the day the association was registered.
 *
 * @returns the receipt of the demo house, to try the service with
 * @throws Error when the api refuses a submission, naming status and problem
 */
export async function seedDemo(deps: DemoDependencies): Promise<{ receipt: string }> {
  const instrument = newestVersion(deps.instruments, DEMO_INSTRUMENT);
  if (!instrument) throw new Error(`the demo needs the instrument ${DEMO_INSTRUMENT}`);
  const sector = syntheticSector(instrument, {
    organisations: DEMO_ORGANISATIONS,
    members: DEMO_MEMBERS,
    umbrellaMembers: DEMO_UMBRELLA_MEMBERS,
    seed: SEED,
    firstProfile: DEMO_HOUSE,
  });
  const seededOn = await registerAssociations(deps.registry, berlinDate(deps.now()));
  // Each wave is accepted at its end, before the release that it is for: what counts in which depends on it.
  const apps = new Map([1, 2, 3].map((wave) => [wave, deps.appAt(waveEnd(seededOn, wave as Wave))]));
  const versionOf = ({ wave }: SyntheticSubmission) => (wave === 1 ? DEMO_INSTRUMENT : instrument.id);
  await pMap(sector, (one) => submit(apps.get(one.wave)!, versionOf(one), one, seededOn), { concurrency: CONCURRENCY });
  await addCampaigns(deps.registry, seededOn);
  for (const cutoffOn of demoCutoffs(seededOn))
    await deps.publish(DEMO_INSTRUMENT, cutoffOn, new Date(`${addDays(cutoffOn, 2)}T06:00:00Z`));
  return { receipt: demoReceipt(0) };
}

type Wave = SyntheticSubmission['wave'];

/** The morning after a wave's last day; of the last wave it is the day before seeding at the latest. */
function waveEnd(seededOn: string, wave: Wave): Date {
  const [, latest] = WAVE_DAYS[wave];
  return new Date(`${addDays(seededOn, 1 - latest)}T06:00:00Z`);
}

/** The last days of the months 13 and 5 months before a day: 8 months apart, the next release still to come. */
export function demoCutoffs(seededOn: string): [string, string] {
  const monthEnd = (months: number) => addDays(`${monthsBefore(seededOn, months - 1).slice(0, 7)}-01`, -1);
  return [monthEnd(13), monthEnd(5)];
}

/** The receipt of an invented organisation. No secret: anybody who has this program can work it out. */
export function demoReceipt(organisation: number): string {
  let attempt = 0;
  return makeReceipt((length) =>
    createHash('sha256').update(`${SEED} receipt ${organisation} ${attempt++}`).digest().subarray(0, length),
  );
}

/** An association's join code, for trying it out. */
export const DEMO_JOIN_CODE = 'DEMO-VERBAND';
const UMBRELLA_JOIN_CODE = 'DEMO-DACHVERBAND';

/**
 * Two associations, as most houses know them: one of a few fields, so small that protection leaves little, and an umbrella
 * association large enough to see its members' progress.
 */
const ASSOCIATIONS = [
  {
    id: 'c-de300001',
    name: 'Demo-Verband',
    joinCode: DEMO_JOIN_CODE,
    members: DEMO_MEMBERS,
    contact: 'Demo-Verband, Telefon 030 000000',
  },
  {
    id: 'c-de300002',
    name: 'Demo-Dachverband',
    joinCode: UMBRELLA_JOIN_CODE,
    members: 200,
    contact: 'Demo-Dachverband, Telefon 030 000001',
  },
] as const;

/** The associations' keys. No secrets either: they open what is invented. */
export function demoAssociationKeys(): { name: string; key: string }[] {
  return ASSOCIATIONS.map(({ id, name }, place) => {
    const seed = place === 0 ? `${SEED} key` : `${SEED} key ${place}`;
    return { name, key: formatAssociationKey(id, createHash('sha256').update(seed).digest('base64url')) };
  });
}

/** Those of the keys that open: of an association whose key was rotated, nobody but who rotated it knows the new one. */
export async function openDemoKeys(registry: Pick<RegistryStore, 'association'>, now: Date) {
  const keys = demoAssociationKeys();
  const opens = await Promise.all(
    keys.map(async ({ key }) => {
      const association = await registry.association(key.split('.')[0]!);
      return association?.keys?.some(({ hash, endsAt = '9' }) => hash === sha256Hex(key) && endsAt > now.toISOString());
    }),
  );
  return keys.filter((_, place) => opens[place]);
}

/** Registers the associations once. Answers the day of the first run, which all dates hang on. */
async function registerAssociations(registry: DemoDependencies['registry'], today: string): Promise<string> {
  const first = await registry.association(ASSOCIATIONS[0].id);
  const seededOn = first ? first.createdAt.slice(0, 10) : today;
  const keys = demoAssociationKeys();
  for (const [place, given] of ASSOCIATIONS.entries()) {
    if (await registry.association(given.id)) continue;
    const at = `${seededOn}T00:00:00.000Z`;
    await registry.put({ ...given, createdAt: at, keys: [{ hash: sha256Hex(keys[place]!.key), madeAt: at }] });
  }
  return seededOn;
}

/** The umbrella association's rounds: the one of the second wave is over, another is on. Last, since they close its code. */
async function addCampaigns(registry: DemoDependencies['registry'], seededOn: string): Promise<void> {
  const former = await registry.association(ASSOCIATIONS[1].id);
  if (!former || former.campaigns) return;
  const campaign = (id: string, [opens, closes, results]: [number, number, number]): Campaign => ({
    id,
    instrument: DEMO_INSTRUMENT,
    opensOn: addDays(seededOn, opens),
    closesOn: addDays(seededOn, closes),
    resultsOn: addDays(seededOn, results),
  });
  const campaigns = [campaign('k-de300001', [-245, -160, -100]), campaign('k-de300002', [-21, 40, 120])];
  await registry.putCampaigns(former, campaigns);
}

/** Submits one check. One that somebody withdrew while trying the demo stays withdrawn. */
async function submit(
  app: Pick<Hono, 'request'>,
  instrument: string,
  submission: SyntheticSubmission,
  seededOn: string,
): Promise<void> {
  const associations = [
    ...(submission.isMember ? [DEMO_JOIN_CODE] : []),
    ...(submission.isUmbrellaMember ? [UMBRELLA_JOIN_CODE] : []),
  ];
  const body: SubmissionBody = {
    instrument,
    profile: submission.profile,
    conductedOn: addDays(seededOn, -submission.daysBefore),
    answers: submission.answers,
    questions: submission.questions,
    ...(associations.length > 0 ? { associations } : {}),
  };
  const response = await app.request('/v1/submissions', {
    method: 'POST',
    headers: {
      Authorization: `Bearer ${demoReceipt(submission.organisation)}`,
      'Idempotency-Key': `demo-wave-${submission.wave}`,
      'Content-Type': 'application/json',
      'Accept-Language': 'en',
    },
    body: JSON.stringify(body),
  });
  if (response.status === 201 || response.status === 410) return;
  const { title = 'no problem named' } = (await response.json().catch(() => ({}))) as { title?: string };
  throw new Error(`the demo's organisation ${submission.organisation} was refused: ${response.status} ${title}`);
}
