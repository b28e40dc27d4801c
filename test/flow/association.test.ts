import { mkdtemp, readdir, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import pMap from 'p-map';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addDays, berlinDate } from '#contracts/calendar';
import type { DisclosureReport } from '#benchmark/disclosure-report';
import type { Instrument } from '#contracts/instrument';
import type { AssociationFigures, AssociationOverview, AssociationProgress } from '#functions/api/association-paths';
import { loadInstruments } from '#functions/instruments';
import { readPlaces } from '#functions/local/configuration';
import { openContext, participationDependencies } from '#functions/local/context';
import { main as admin } from '#functions/operator/admin';
import { main as audit } from '#functions/operator/audit';
import { main as participation } from '#functions/operator/participation';
import { main as release } from '#functions/operator/release';
import { countParticipation } from '#functions/publish/participation';
import { addressOf, type ServerProcess, startServer } from '../local/server-process.ts';
import { answersOf, bodyOf, FIELD, type House, receiptOf, takesPart, WAVE_DAYS } from './association-field.ts';

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

function send(house: House, wave: 1 | 2, cohorts: string[], receipt = receiptOf(house.name)) {
  return fetch(`${url}/v1/submissions`, {
    method: 'POST',
    headers: {
      Authorization: `Bearer ${receipt}`,
      'Idempotency-Key': `wave-${wave}`,
      'Content-Type': 'application/json',
      'Accept-Language': 'de',
    },
    body: JSON.stringify(bodyOf(instrument, house, { wave, today, cohorts })),
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
  const response = await fetch(`${url}/v1/association/${of.id}${path}`, {
    headers: { Authorization: `Bearer ${of.key}`, 'Accept-Language': 'de' },
  });
  expect(response.status).toBe(200);
  return (await response.json()) as Answer;
}

// A release is searched and audited in full, which takes its time on a busy machine.
describe('an association’s way, from the operator’s command to its report', { timeout: 600_000 }, () => {
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
    const dates = [
      '--opens',
      addDays(today, -WAVE_DAYS[1]),
      '--closes',
      addDays(today, 1),
      '--results',
      addDays(today, 90),
    ];
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
    for (const { id } of [a, b]) expect((await association('kit', id, '--out', join(folder, id))).code).toBe(0);
    const kitOf = async ({ id }: typeof a) => readFile(join(folder, id, 'de', '1-einladung.txt'), 'utf8');
    expect(await kitOf(a)).toContain(`${url}/de/mitmachen#association=${a.id}&join=${a.joinCode}`);
    expect(await kitOf(b)).toContain(`${url}/de/mitmachen#association=${b.id}\n`);
    expect((await readdir(join(folder, a.id, 'de'))).length).toBe(7);
  });

  it('lets members in, each single-use code once, and says what is wrong before anything is stored', async () => {
    await wave(1);
    const stranger = { ...FIELD[0]!, name: 'stranger' };
    const refused = async (...cohorts: string[]) => {
      const response = await send(stranger, 1, cohorts);
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
    expect((await command('participation')).code).toBe(0);
    const overview = await read<AssociationOverview>(a, '');
    expect(overview.panels.every(({ release }) => release === null)).toBe(true);
    // Everything came in today; the night counts what came in before.
    expect(overview.participation!.panels['digitalcheck.1']).toEqual({ state: 'not-enough' });
  });

  it('learns on the morning after how many took part, in steps of five', async () => {
    const morning = new Date(Date.now() + 86_400_000);
    const context = await openContext(readPlaces({ data: join(folder, 'data') }, {}));
    await countParticipation(participationDependencies(context, { now: () => morning, log: () => {} }));
    await context.close();
    for (const [of, count] of [
      [a, 60],
      [b, 10],
    ] as const) {
      const { participation: counted, campaigns } = await read<AssociationOverview>(of, '');
      const shown = { state: 'counted', atLeast: count };
      expect(counted!.countedOn).toBe(addDays(today, 1));
      expect(counted!.panels['digitalcheck.1']).toEqual(shown);
      expect(counted!.campaigns[campaigns[0]!.id]!.count).toEqual(shown);
    }
  });

  const publish = (days: number) =>
    command('release', '--instrument', 'digitalcheck.1', '--cutoff', addDays(today, -days));
  const releaseIn = (output: string) => /digitalcheck\.1-\d{4}-\d\d-\d\d-[0-9a-f]{8}/.exec(output)![0];
  const reportOf = async (id: string) =>
    JSON.parse(
      await readFile(join(folder, 'data', 'files', 'work', id, 'disclosure-report.json'), 'utf8'),
    ) as DisclosureReport;
  const ELDER = 'level=facility,sector=elder-care';
  /**
   * Of the sector, 45 of the 48 are the association's: the three others wait, and both cells are of the same 45.
   * @param waiting submissions; who sent a second check before any was counted waits with both
   */
  const expectThreeToWait = async (id: string, waiting: number) => {
    const report = await reportOf(id);
    expect(report.deferred).toBe(waiting);
    for (const key of [ELDER, `${ELDER},cohort=${a.id}`])
      expect(report.lines.find((line) => line.key === key)).toEqual({ key, n: 45, outcome: 'fresh', cause: null });
    const cellOf = async (answer: Promise<Pick<AssociationFigures, 'cell'>>) => {
      const { cell } = await answer;
      if (cell.state !== 'published') throw new Error('suppressed');
      const { asOf, participations, dimensions, items, questions } = cell;
      return { asOf, participations, dimensions, items, questions };
    };
    const query = `instrument=digitalcheck.1&release=${id}&group=${ELDER}`;
    const response = await fetch(`${url}/v1/benchmarks?${query}`);
    const sector = await cellOf(response.json() as Promise<Pick<AssociationFigures, 'cell'>>);
    expect(sector).toMatchObject({ asOf: report.cutoffOn, participations: 45 });
    expect(await cellOf(read<AssociationFigures>(a, `/figures?${query}`))).toEqual(sector);
  };
  let releaseId = '';

  it('is shown its members with a first release', async () => {
    const { code, output } = await publish(390);
    expect([code, output]).toEqual([0, expect.stringContaining(`cohort=${a.id}`)]);
    await expectThreeToWait(releaseIn(output), 3);
  });

  it('gets its members’ second checks, under the same codes', () => wave(2));

  it('is shown their progress with a second release', async () => {
    const { code, output } = await publish(30);
    expect(code).toBe(0);
    releaseId = releaseIn(output);
    // Two of the three came again; with them wait the four who first came with the second wave.
    await expectThreeToWait(releaseId, 9);
  });

  it('is shown nothing that the audit can break', async () => {
    expect((await command('audit', '--release', releaseId)).code).toBe(0);
  });

  /** The integer score of the last complete check, and the members that a release counts. */
  const scoreOf = (house: House, number: 1 | 2, dimension: string) => {
    const answers = answersOf(instrument, house, number);
    const levels = instrument.items.flatMap((item) => (item.dimension === dimension ? [answers[item.id]!] : []));
    return Math.floor((levels.reduce((sum, level) => sum + level, 0) / levels.length) * 25 + 0.5);
  };
  const median = (values: number[]) => {
    const sorted = values.toSorted((one, other) => one - other);
    const middle = (sorted.length - 1) / 2;
    return (sorted[Math.floor(middle)]! + sorted[Math.ceil(middle)]!) / 2;
  };
  const halfUp = (value: number) => Math.floor(value + 0.5);

  it('reads medians and numbers as a plain computation from the checks has them', async () => {
    const members = FIELD.filter(({ isOfA }) => isOfA);
    const figures = await read<AssociationFigures>(a, '/figures?instrument=digitalcheck.1');
    expect(figures.state).toBe('published');
    const counted = members.filter((house) => takesPart(house, 1) || takesPart(house, 2));
    const last = (house: House) => (takesPart(house, 2) ? 2 : 1);
    if (figures.cell.state !== 'published') throw new Error('suppressed');
    expect(figures.cell.participations).toBe(counted.length - (counted.length % 5));
    for (const { id } of instrument.dimensions) {
      const expected = halfUp(median(counted.map((house) => scoreOf(house, last(house), id))));
      expect([id, figures.dimensions.find(({ dimension }) => dimension === id)!.members!.median]).toEqual([
        id,
        expected,
      ]);
    }
  });

  it('is not shown the nine in one field of work, nor of fourteen members any field of work', async () => {
    const stateOf = async (of: typeof a, group: string) =>
      (await read<AssociationFigures>(of, `/figures?instrument=digitalcheck.1&group=level=facility,sector=${group}`))
        .state;
    expect(await stateOf(a, 'youth-family')).toBe('suppressed');
    for (const sector of ['elder-care', 'daycare', 'youth-family', 'health'])
      expect([sector, await stateOf(b, sector)]).toEqual([sector, 'suppressed']);
  });

  it('reads cuts of the change and the share that rose as a plain computation has them', async () => {
    const members = FIELD.filter(({ isOfA }) => isOfA);
    const progress = await read<AssociationProgress>(a, '/progress?instrument=digitalcheck.1');
    const { change, field } = progress;
    if (change.state !== 'published' || field?.state !== 'published') throw new Error('suppressed');
    expect([change.participations, change.asOf, field.asOf]).toEqual([60, addDays(today, -30), addDays(today, -30)]);
    const overall = (house: House, number: 1 | 2) =>
      halfUp(instrument.dimensions.reduce((sum, { id }) => sum + scoreOf(house, number, id), 0) / 4);
    for (const id of [...instrument.dimensions.map((dimension) => dimension.id), 'overall']) {
      const score = (house: House, number: 1 | 2) =>
        id === 'overall' ? overall(house, number) : scoreOf(house, number, id);
      const changes = members.map((house) => score(house, 2) - score(house, 1)).sort((one, other) => one - other);
      // Type 7 of sixty: the values stand at 0 to 59, and what lies between two is in proportion.
      const cutAt = (permille: number) => {
        const place = (59 * permille) / 1000;
        const below = Math.floor(place);
        return halfUp(changes[below]! + (place - below) * (changes[below + 1]! - changes[below]!));
      };
      const rose = changes.filter((points) => points > 0).length;
      // Of sixty, 5 % are fewer than five: shares stand in steps of ten.
      const share = rose > 55 ? 'almost-all' : halfUp(rose / 6) * 10;
      expect([id, change.dimensions[id]]).toEqual([
        id,
        {
          state: 'published',
          cuts: [125, 250, 375, 500, 625, 750, 875].map((permille) => ({ permille, value: cutAt(permille) })),
          rose: share,
        },
      ]);
      const line = progress.dimensions.find(({ dimension }) => dimension === id)!;
      expect([line.members!.median, line.members!.rose]).toEqual([cutAt(500), share]);
      expect(line.sentence).toContain(`${cutAt(500)} Punkte`);
      expect(line.field!.interval).not.toBeNull();
      expect(line.difference).not.toBeNull();
    }
  });

  it('is not shown the change of fourteen of whom one did not come back', async () => {
    const progress = await read<AssociationProgress>(b, '/progress?instrument=digitalcheck.1');
    expect([progress.state, progress.change.state]).toEqual(['suppressed', 'suppressed']);
    expect(progress.dimensions.every(({ members, field }) => members === null && field === null)).toBe(true);
    // The former figures of the fourteen less the first checks of the thirteen are the one.
    const line = (await reportOf(releaseId)).lines.find(({ key }) => key.includes(b.id) && key.includes('change'));
    expect(line).toEqual({
      key: `level=facility,cohort=${b.id},measure=change`,
      n: 13,
      outcome: 'suppressed',
      cause: 'difference-to-a-cell',
    });
  });

  it('changes its key, keeps the former for its grace period, and closes', async () => {
    const { output } = await association('rotate-key', a.id, '--grace-days', '3');
    const former = a.key;
    a.key = /^ {2}(c-\S+)$/m.exec(output)![1]!;
    expect(output).toMatch(/The former key opens until \d{4}-/);
    for (const key of [former, a.key]) await read<AssociationOverview>({ ...a, key }, '');
    expect((await association('show', a.id)).output).toMatch(/key +of \S+\n +key +of \S+, until /);
    await association('rotate-key', a.id, '--grace-days', '0');
    const gone = await fetch(`${url}/v1/association/${a.id}`, { headers: { Authorization: `Bearer ${former}` } });
    expect(gone.status).toBe(401);
    expect((await association('close', b.id)).output).toContain('takes no more members');
    const late = await send({ ...FIELD[0]!, name: 'late' }, 1, [b.joinCode]);
    expect([late.status, await late.text()]).toEqual([422, expect.stringMatching(/\/cohorts\/0/)]);
    await read<AssociationOverview>(b, '');
  });

  it('has left no key, join code or single-use code in the server’s log', async () => {
    const printed = server.out() + server.err();
    for (const secret of [a.key, b.key, a.key.split('.')[1]!, b.key.split('.')[1]!, ...codes])
      expect(printed).not.toContain(secret);
    const lines = printed.split('\n').filter((line) => line.includes('association-key'));
    expect(lines.some((line) => line.includes(a.id) && line.includes('opened'))).toBe(true);
  });
});
