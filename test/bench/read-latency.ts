import { randomBytes } from 'node:crypto';
import { Hono } from 'hono';
import { makeReceipt } from '#contracts/receipt';
import { publish } from '#functions/publish/publish';
import { createApp } from '#functions/service/app';
import { loadInstruments } from '#instruments/load-instruments';
import { organisationOf } from '#store/hashes';
import { collectGarbage, say, show, timed } from './measure.ts';
import { memoryPublishing } from './memory-publishing.ts';
import { syntheticLog } from './synthetic.ts';

const ROUNDS = 5;
const REQUESTS = 1000;

/**
 * (b) `GET /v1/standing` in process, over stores in memory, against a bare Hono route that returns a string of the same
 * length. A release of 270 is in force; the house asks for its own group.
 */
export async function readLatency(): Promise<void> {
  const instruments = await loadInstruments([]);
  const instrument = instruments.get('digitalcheck.1')!;
  const receipt = newReceipt();
  const [first, ...others] = syntheticLog(instrument, {
    submissions: 340,
    organisations: 270,
    lastDay: '2026-06-30',
    days: 400,
    admission: 'invited',
  });
  const log = [{ ...first!, organisation: organisationOf(receipt) }, ...others];
  const now = '2026-07-15T08:00:00.000Z';
  const deps = memoryPublishing(instruments, log, now);
  await publish(deps, { instrument: instrument.id, cutoffOn: '2026-06-30' });

  const app = createApp({
    ...deps,
    registry: { association: async () => undefined, byJoinCode: async () => undefined, associations: async () => [] },
    invitations: { claim: async () => undefined, release: async () => {} },
    participation: { participation: async () => undefined },
    sources: [],
    program: 'test',
    randomBytes,
  });
  const ask = (accept: string) => () =>
    app.request('/v1/standing?instrument=digitalcheck.1', { headers: { authorization: `Bearer ${receipt}`, accept } });
  const text = await (await ask('application/json')()).text();
  if (JSON.parse(text).state !== 'compared') throw new Error('the release shows nothing to compare with');
  const bare = new Hono().get('/v1/standing', (c) => c.body(text, 200, { 'content-type': 'application/json' }));
  const contenders = {
    'bare route': () => bare.request('/v1/standing?instrument=digitalcheck.1'),
    'figures and spec (JSON)': ask('application/json'),
    'table (CSV)': ask('text/csv'),
    'picture (SVG)': ask('image/svg+xml'),
  };
  say(`answer: ${text.length.toLocaleString('en')} characters; ${REQUESTS} requests a round, one after the other`);

  const measured = new Map(Object.keys(contenders).map((name) => [name, [] as number[]]));
  for (let round = -1; round < ROUNDS; round++) {
    for (const [name, request] of Object.entries(contenders)) {
      collectGarbage();
      const count = name.startsWith('picture') ? REQUESTS / 10 : REQUESTS;
      const { cpuMs } = await timed(async () => {
        for (let index = 0; index < count; index++) {
          const response = await request();
          await response.text();
          if (response.status !== 200) throw new Error(`${name} answers ${response.status}`);
        }
      });
      if (round >= 0) measured.get(name)!.push(cpuMs / count); // the first warms up
    }
  }
  for (const [name, cpuMs] of measured) say(`${`${name}:`.padEnd(25)} processor ${show(cpuMs, 'ms', 3)}`);
  const [floor, ours] = [measured.get('bare route')!, measured.get('figures and spec (JSON)')!];
  say(
    `JSON / bare route:        ${show(
      ours.map((value, round) => value / floor[round]!),
      'times',
      1,
    )}`,
  );
}

function newReceipt(): string {
  return makeReceipt(randomBytes).replaceAll('-', '');
}
