import { mkdtemp, readdir, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import pMap from 'p-map';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AssociationFigures, AssociationOverview, AssociationProgress } from '#contracts/answers/association';
import { addDays, berlinDate } from '#contracts/calendar';
import type { Instrument } from '#contracts/instrument';
import { readPlaces } from '#functions/local/configuration';
import { openContext, publishDependencies } from '#functions/local/context';
import { main as admin } from '#functions/operator/admin';
import { main as audit } from '#functions/operator/audit';
import { main as participation } from '#functions/operator/participation';
import { main as release } from '#functions/operator/release';
import { countParticipation } from '#functions/publish/participation';
import { loadInstruments } from '#instruments/load-instruments';
import { addressOf, type ServerProcess, startServer } from '../local/server-process.ts';
import { answersOf, bodyOf, FIELD, type House, receiptOf, takesPart, WAVE_DAYS } from './association-field.ts';
import { expectNearMedian, expectNearShare } from './within-noise.ts';

/**
 * The way of an association, as its referent and the operator go it: a real server process, the operator's commands
 * beside it, and members who send their checks over HTTP. Two associations, two rounds, two releases.
 */
let server: ServerProcess;
let url: string;
let folder: string;
let instrument: Instrument;
const today = berlinDate(new Date());
const a = { id: '', key: '', joinCode: '' };
const b = { id: '', key: '', joinCode: '' };
let codes: string[];

const COMMANDS = { admin, audit, participation, release };

/** Runs one of the operator's commands beside the server, and answers what it printed. */
async function command(name: keyof typeof COMMANDS, ...argv: string[]) {
  const out = new PassThrough();
  const code = await COMMANDS[name]([...argv, '--data', join(folder, 'data')], {}, { out, err: out });
  out.end();
  return { code, output: await text(out) };
}
const association = (...argv: string[]) => command('admin', 'association', ...argv);

beforeAll(async () => {
  instrument = (await loadInstruments([])).get('digitalcheck.1')!;
  folder = await mkdtemp(join(tmpdir(), 'association-'));
  server = startServer(['--port', '0', '--no-demo', '--data', join(folder, 'data')]);
  url = (await addressOf(server)).replace(/\/$/, '');
});
afterAll(() => {
  return server.stop('SIGKILL');
});

function send(house: House, wave: 1 | 2, associations: string[], receipt = receiptOf(house.name)) {
  return fetch(`${url}/v1/submissions`, {
    method: 'POST',
    headers: {
      Authorization: `Bearer ${receipt}`,
      'Idempotency-Key': `wave-${wave}`,
      'Content-Type': 'application/json',
      'Accept-Language': 'de',
    },
    body: JSON.stringify(bodyOf(instrument, house, { wave, today, associations })),
  });
}
const codesOf = ({ isOfA, codeOfB }: House) => [
  ...(isOfA ? [a.joinCode] : []),
  ...(codeOfB === undefined ? [] : [codes[codeOfB]!]),
];

async function wave(number: 1 | 2): Promise<void> {
  const houses = FIELD.filter((house) => takesPart(house, number));
  const statuses = await pMap(houses, async (house) => (await send(house, number, codesOf(house))).status, {
    concurrency: 8,
  });
  expect(new Set(statuses)).toEqual(new Set([201]));
}

async function read<Answer>(of: { id: string; key: string }, path: string): Promise<Answer> {
  const response = await fetch(`${url}/v1/associations/${of.id}${path}`, {
    headers: { Authorization: `Bearer ${of.key}`, 'Accept-Language': 'de' },
  });
  expect(response.status).toBe(200);
  return (await response.json()) as Answer;
}

describe('an association’s way, from the operator’s command to its report', { timeout: 120_000 }, () => {
  it('is registered, with a join code to print and a key shown once', async () => {
    for (const [given, name, members] of [
      [a, 'Fachverband Altenhilfe', '60'],
      [b, 'Kreisverband', '14'],
    ] as const) {
      const { code, output } = await association(
        'create',
        '--name',
        name,
        '--members',
        members,
        '--contact',
        'Frau Öz',
      );
      expect(code).toBe(0);
      given.id = /id +(c-[0-9a-f]{8})/.exec(output)![1]!;
      given.joinCode = /join code +(\S+)/.exec(output)![1]!;
      given.key = /^ {2}(c-\S+)$/m.exec(output)![1]!;
    }
    const { output } = await association('list');
    for (const { id, joinCode, key } of [a, b]) {
      expect(output).toContain(`${id}  ${joinCode}`);
      expect(output).not.toContain(key);
    }
  });

  it('opens two rounds, one with the join code and one with single-use codes, and gets its kit', async () => {
    const dates = ['--opens', addDays(today, -300), '--closes', addDays(today, 1), '--results', addDays(today, 90)];
    expect((await association('campaign', a.id, ...dates)).code).toBe(0);
    const file = join(folder, 'codes.csv');
    const drawn = await association('campaign', b.id, ...dates, '--single-use', '14', '--codes', file);
    expect(drawn.output).toContain('14 single-use codes are in');
    codes = (await readFile(file, 'utf8'))
      .trimEnd()
      .split('\n')
      .slice(1)
      .map((line) => line.split(',')[0]!);
    expect(codes).toHaveLength(14);
    // Checks of days that lie further back than a campaign may are sent today: it reaches back to them.
    const context = await openContext(readPlaces({ data: join(folder, 'data') }, {}));
    for (const { id } of [a, b]) {
      const registered = (await context.stores.registry.association(id))!;
      const opensOn = addDays(today, -WAVE_DAYS[1]);
      await context.stores.registry.putCampaigns(registered, [{ ...registered.campaigns![0]!, opensOn }]);
    }
    await context.close();
    for (const { id } of [a, b]) expect((await association('kit', id, '--out', join(folder, id))).code).toBe(0);
    const kitOf = async ({ id }: typeof a) => readFile(join(folder, id, 'de', '1-einladung.txt'), 'utf8');
    expect(await kitOf(a)).toContain(`${url}/de/mitmachen#association=${a.id}&join=${a.joinCode}`);
    expect(await kitOf(b)).toContain(`${url}/de/mitmachen#association=${b.id}\n`);
    expect((await readdir(join(folder, a.id, 'de'))).length).toBe(7);
  });

  it('lets members in, each single-use code once, and says what is wrong before anything is stored', async () => {
    await wave(1);
    const stranger = { ...FIELD[0]!, name: 'stranger' };
    const refused = async (...associations: string[]) => {
      const response = await send(stranger, 1, associations);
      return [response.status, await response.text()] as const;
    };
    const [used, never] = [await refused(codes[3]!), await refused('0000-0000-0000-0011')];
    expect(used[0]).toBe(422);
    // A code that is used and one that never was: byte for byte the same.
    const plain = (answer: string) => answer.replaceAll(/"requestId":"[^"]*"/g, '');
    expect(plain(used[1])).toBe(plain(never[1]));
    // Who takes part with codes of its own has no open join code.
    expect(await refused(b.joinCode)).toEqual([422, expect.stringContaining('Einladungscode')]);
    const own = await fetch(`${url}/v1/submissions`, { headers: { Authorization: `Bearer ${receiptOf('stranger')}` } });
    expect(await own.text()).not.toContain('conductedOn');
    // A retry meets its own answer, whatever has become of the code since.
    const again = await send(FIELD[0]!, 1, codesOf(FIELD[0]!));
    expect([again.status, again.headers.get('idempotent-replayed')]).toEqual([201, 'true']);
  });

  it('is shown nothing before a release, and no live count', async () => {
    expect((await command('participation')).output).toBe('Drawn for 2 campaigns.\n');
    const overview = await read<AssociationOverview>(a, '/overview');
    expect(overview.series.every(({ release }) => release === null)).toBe(true);
    const [draw] = overview.participation!.campaigns[overview.campaigns[0]!.id]!;
    // Everything came in today; a draw counts what came in before, nobody, and moves that at random.
    expect(draw).toMatchObject({ countedOn: today, isFinal: false });
    expect(draw!.count.state === 'counted' ? draw!.count.about : 0).toBeLessThanOrEqual(30);
    expect((await command('participation')).output).toBe('No count is due today.\n');
  });

  it('learns after its round about how many took part, in steps of five', async () => {
    const morning = new Date(Date.now() + 8 * 86_400_000);
    const context = await openContext(readPlaces({ data: join(folder, 'data') }, {}));
    await countParticipation(publishDependencies(context, { now: () => morning, log: () => {} }));
    await context.close();
    for (const [of, count] of [
      [a, 60],
      [b, 13],
    ] as const) {
      const { participation: counted, campaigns } = await read<AssociationOverview>(of, '/overview');
      const draw = counted!.campaigns[campaigns[0]!.id]!.at(-1)!;
      expect(draw).toMatchObject({ countedOn: addDays(today, 8), isFinal: true });
      const about = draw.count.state === 'counted' ? draw.count.about : 0;
      expect([about % 5, Math.abs(about - count) <= 35]).toEqual([0, true]);
    }
  });

  const publish = (days: number) =>
    command('release', '--instrument', 'digitalcheck.1', '--cutoff', addDays(today, -days));
  const releaseIn = (output: string) => /digitalcheck\.1-\d{4}-\d\d-\d\d-[0-9a-f]{8}/.exec(output)![0];
  /** Of the sector, 45 of the 48 are the association's: the larger group is kept, the members' is too close to it. */
  const expectDecided = (output: string) => {
    expect(output).toMatch(/level=facility,sector=elder-care +n = +48 +published/);
    const members = `level=facility,association=${a.id}`;
    expect(output).toMatch(new RegExp(`${members} +n = +60 +published`));
    expect(output).toMatch(
      new RegExp(`level=facility,sector=elder-care,association=${a.id} +n = +45 +suppressed \\(too-close\\)`),
    );
    expect(output).toMatch(
      new RegExp(`level=facility,sector=youth-family,association=${a.id} +n = +9 +suppressed \\(too-few\\)`),
    );
    expect(output).toMatch(new RegExp(`level=facility,association=${b.id} +n = +1[34] +suppressed \\(too-few\\)`));
  };
  let releaseId = '';

  it('is shown its members with a first release', async () => {
    const { code, output } = await publish(390);
    expect(code).toBe(0);
    expectDecided(output);
  });

  it('gets its members’ second checks, under the same codes', () => wave(2));

  it('is shown their progress with a second release', async () => {
    const { code, output } = await publish(30);
    expect(code).toBe(0);
    expectDecided(output);
    releaseId = releaseIn(output);
  });

  it('is shown nothing that the audit finds a break in', async () => {
    expect((await command('audit', '--release', releaseId)).code).toBe(0);
  });

  /** The integer score of the last complete check, and the members that a release counts. */
  const scoreOf = (house: House, number: 1 | 2, dimension: string) => {
    const answers = answersOf(instrument, house, number);
    const levels = instrument.items.flatMap((item) => (item.dimension === dimension ? [answers[item.id]!] : []));
    return Math.floor((levels.reduce((sum, level) => sum + level, 0) / levels.length) * 25 + 0.5);
  };
  const members = FIELD.filter(({ isOfA }) => isOfA);

  it('reads medians near those of a plain computation from the checks, and the same each time', async () => {
    const path = '/figures?instrument=digitalcheck.1';
    const figures = await read<AssociationFigures>(a, path);
    if (figures.cell.state !== 'published') throw new Error('suppressed');
    expect(figures.cell.participations).toBe(60);
    for (const { id } of instrument.dimensions) {
      const { median } = figures.dimensions.find(({ dimension }) => dimension === id)!.members!;
      expectNearMedian(
        median,
        members.map((house) => scoreOf(house, 2, id)),
      );
    }
    expect(await read<AssociationFigures>(a, path)).toEqual(figures);
  });

  it('is not shown the nine in one field of work, nor of fourteen members any field of work', async () => {
    const stateOf = async (of: typeof a, group: string) =>
      (await read<AssociationFigures>(of, `/figures?instrument=digitalcheck.1&group=level=facility,sector=${group}`))
        .cell.state;
    for (const sector of ['elder-care', 'youth-family'])
      expect([sector, await stateOf(a, sector)]).toEqual([sector, 'suppressed']);
    for (const sector of ['elder-care', 'daycare', 'youth-family', 'health'])
      expect([sector, await stateOf(b, sector)]).toEqual([sector, 'suppressed']);
  });

  it('reads a change and the share that rose near those of a plain computation', async () => {
    const progress = await read<AssociationProgress>(a, '/progress?instrument=digitalcheck.1');
    const { change, field } = progress;
    if (change.state !== 'published' || field?.state !== 'published') throw new Error('suppressed');
    expect(change.participations).toBe(60);
    for (const { id } of instrument.dimensions) {
      const changes = members.map((house) => scoreOf(house, 2, id) - scoreOf(house, 1, id));
      const { cuts, shares } = change.dimensions[id]!;
      expectNearMedian(cuts.find(({ permille }) => permille === 500)!.value, changes);
      expectNearShare(shares!.rose, changes.filter((points) => points > 0).length, 60);
      expectNearShare(shares!.same, changes.filter((points) => points === 0).length, 60);
      expectNearShare(shares!.fell, changes.filter((points) => points < 0).length, 60);
      const line = progress.dimensions.find(({ dimension }) => dimension === id)!;
      expect(line.members!.median).toBe(cuts.find(({ permille }) => permille === 500)!.value);
      expect(line.sentence.length).toBeGreaterThan(20);
    }
  });

  it('is not shown the change of fourteen, of whom one did not come back', async () => {
    const progress = await read<AssociationProgress>(b, '/progress?instrument=digitalcheck.1');
    expect(progress.change.state).toBe('suppressed');
    expect(progress.dimensions.every((line) => line.members === null)).toBe(true);
  });

  it('changes its key, keeps the former for its grace period, and closes', async () => {
    const { output } = await association('rotate-key', a.id, '--grace-days', '3');
    const former = a.key;
    a.key = /^ {2}(c-\S+)$/m.exec(output)![1]!;
    expect(output).toMatch(/The former key opens until \d{4}-/);
    for (const key of [former, a.key]) await read<AssociationOverview>({ ...a, key }, '/overview');
    expect((await association('show', a.id)).output).toMatch(/key +of \S+\n +key +of \S+, until /);
    await association('rotate-key', a.id, '--grace-days', '0');
    const gone = await fetch(`${url}/v1/associations/${a.id}/overview`, {
      headers: { Authorization: `Bearer ${former}` },
    });
    expect(gone.status).toBe(401);
    expect((await association('close', b.id)).output).toContain('takes no more members');
    const late = await send({ ...FIELD[0]!, name: 'late' }, 1, [b.joinCode]);
    expect([late.status, await late.text()]).toEqual([422, expect.stringMatching(/\/associations\/0/)]);
    await read<AssociationOverview>(b, '/overview');
  });

  it('has left no key, join code or single-use code in the server’s log', async () => {
    const printed = server.out() + server.err();
    for (const secret of [a.key, b.key, a.key.split('.')[1]!, b.key.split('.')[1]!, ...codes])
      expect(printed).not.toContain(secret);
    const lines = printed.split('\n').filter((line) => line.includes('association-key'));
    expect(lines.some((line) => line.includes(a.id) && line.includes('opened'))).toBe(true);
  });
});
