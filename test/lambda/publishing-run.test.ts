import { afterAll, beforeAll, expect, it } from 'vitest';
import { addDays, berlinDate } from '#contracts/calendar';
import { loadInstruments } from '#instruments/load-instruments';
import { createReleaseStore } from '#store/dynamo-releases';
import { createSubmissionLog } from '#store/dynamo-submission-log';
import { syntheticLog } from '../bench/synthetic.ts';
import { RunFailed, type StateMachine, stateMachineOf, walk } from '../infra/state-machine.ts';
import { type Deployed, deployed } from './deployed.ts';
import type { Lambda } from './lambda.ts';

/** The state machine of the template, with the built function in as many environments as it may have, under its grants. */
const SEGMENTS = 5;
const yesterday = addDays(berlinDate(new Date()), -1);
let cloud: Deployed;
let publisher: Lambda;
let machine: StateMachine;

beforeAll(async () => {
  cloud = await deployed({ foldSegments: SEGMENTS });
  const log = syntheticLog((await loadInstruments([])).get('digitalcheck.1')!, {
    submissions: 150,
    organisations: 120,
    lastDay: addDays(yesterday, -1),
    days: 300,
    admission: 'invited',
  });
  const submissions = createSubmissionLog(cloud.client, cloud.tables.submissions);
  await Promise.all([...log].map((entry) => submissions.put({ ...entry, bodyHash: entry.key })));
  publisher = await cloud.start('publish');
  machine = stateMachineOf(cloud.templates.Service);
});
afterAll(() => cloud.close());

/** One step, as Step Functions asks for it: what fails carries the function's own sentence. */
async function invoke(event: unknown): Promise<unknown> {
  const invocation = await publisher.invoke(event);
  if (invocation.state === 'answered') return invocation.payload;
  if (invocation.state !== 'failed') throw new Error('Task timed out');
  throw Object.assign(new Error(invocation.errorMessage), { name: invocation.errorType });
}

const partCalls = () => {
  // Listing asks for the bucket itself.
  const calls = cloud.s3.calls.filter(({ path }) => /^\/sektorspiegel-dev-parts-000000000000\/./.test(path));
  return calls.map(({ method, signedBy }) => `${signedBy} ${method}`);
};

it('refuses what cannot be published with the sentence, through all its states', async () => {
  const run = walk(machine, { instrument: 'digitalcheck.1', cutoffOn: '2099-01-01' }, invoke);
  await expect(run).rejects.toThrow(/is not past/);
  await expect(run).rejects.toBeInstanceOf(RunFailed);
  expect(partCalls()).toEqual([]);
});

it('publishes with the rights of the template, and puts, gets and removes each part once', async () => {
  const answer = await walk(machine, { instrument: 'digitalcheck.1', cutoffOn: yesterday }, invoke);
  const head = await createReleaseStore(cloud.client, cloud.tables.releases).head('digitalcheck.1');
  const { releaseId } = head!.releases[0]!;
  expect(answer).toEqual({ state: 'published', releaseId, published: expect.any(Number) });
  expect((answer as { published: number }).published).toBeGreaterThan(0);
  expect(publisher.starts()).toBe(SEGMENTS);
  expect(cloud.dynamodb.refused).toEqual([]);
  const each = (call: string) => Array<string>(SEGMENTS).fill(call);
  expect(partCalls().sort()).toEqual([...each('publish DELETE'), ...each('publish GET'), ...each('publish PUT')]);
});
