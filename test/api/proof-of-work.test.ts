import { solveChallenge } from 'altcha-lib';
import { deriveKey } from 'altcha-lib/algorithms/web/pbkdf2';
import { expect, test } from 'vitest';
import { Problem } from '#contracts/problem';
import { check, newReceipt, PARTNER_KEY, testService } from './test-service.ts';

const proofOfWork = { secret: 'a secret of the tests, long enough to be one' };
const asking = () => testService({ proofOfWork });
type Service = Awaited<ReturnType<typeof asking>>;

async function challengeFor(service: Service, receipt: string, key = 'key-1') {
  const response = await service.submit(receipt, await check(2), { key });
  expect(response.status).toBe(428);
  const problem = Problem.parse(await response.json());
  expect(problem.type).toBe('/problems/proof-of-work-needed');
  return problem.challenge!;
}

async function proofOf(challenge: Awaited<ReturnType<typeof challengeFor>>) {
  const solution = await solveChallenge({ challenge, deriveKey });
  return Buffer.from(JSON.stringify({ challenge, solution })).toString('base64');
}

const withProof = (proof: string) => ({ headers: { 'Proof-Of-Work': proof } });

test('a submission is taken in with the proof it was asked for, and nothing is stored before', async () => {
  const service = await asking();
  const receipt = newReceipt();
  const challenge = await challengeFor(service, receipt);
  expect(service.submissions.items.size).toBe(0);
  const proof = await proofOf(challenge);
  expect((await service.submit(receipt, await check(2), withProof(proof))).status).toBe(201);
  expect(service.submissions.items.size).toBe(1);
});

test('a proof is good for its own receipt and key alone; used twice it makes the same item', async () => {
  const service = await asking();
  const [receipt, other] = [newReceipt(), newReceipt()];
  const proof = await proofOf(await challengeFor(service, receipt));
  const body = await check(2);
  expect((await service.submit(other, body, withProof(proof))).status).toBe(428);
  expect((await service.submit(receipt, body, { key: 'key-2', ...withProof(proof) })).status).toBe(428);
  expect((await service.submit(receipt, body, withProof(proof))).status).toBe(201);
  const again = await service.submit(receipt, body, withProof(proof));
  expect([again.status, again.headers.get('Idempotent-Replayed')]).toEqual([201, 'true']);
  expect(service.submissions.items.size).toBe(1);
});

test('an expired, altered, foreign or unsolved challenge proves nothing', async () => {
  const service = await asking();
  const receipt = newReceipt();
  const body = await check(2);
  const challenge = await challengeFor(service, receipt);
  const solved = JSON.parse(Buffer.from(await proofOf(challenge), 'base64').toString());
  const send = (proof: unknown) =>
    service.submit(receipt, body, withProof(Buffer.from(JSON.stringify(proof)).toString('base64')));

  const cheaper = structuredClone(solved);
  cheaper.challenge.parameters.cost = 1;
  const longer = structuredClone(solved);
  longer.challenge.parameters.data.until += 86_400;
  const unsolved = structuredClone(solved);
  unsolved.solution.counter += 1;
  const foreign = await asking();
  const elsewhere = await testService({ proofOfWork: { secret: 'another secret of another service, as long' } });
  const theirs = JSON.parse(Buffer.from(await proofOf(await challengeFor(elsewhere, receipt)), 'base64').toString());
  for (const proof of [cheaper, longer, unsolved, theirs, {}, null, 'x']) expect((await send(proof)).status).toBe(428);
  for (const raw of ['%%%', '', 'a'.repeat(5_000)])
    expect((await service.submit(receipt, body, withProof(raw))).status).toBe(428);

  service.clock.now = new Date(service.clock.now.getTime() + 21 * 60_000);
  expect((await send(solved)).status).toBe(428);
  service.clock.now = new Date(service.clock.now.getTime() - 2 * 60_000);
  expect((await send(solved)).status).toBe(201);
  // The same secret elsewhere, as on the next Lambda instance: challenges need no memory.
  expect(
    (await foreign.submit(receipt, body, withProof(Buffer.from(JSON.stringify(solved)).toString('base64')))).status,
  ).toBe(201);
});

test('a retry without a proof gets the answer of then, and a partner with its key is not asked', async () => {
  const service = await asking();
  const receipt = newReceipt();
  const body = await check(2);
  await service.submit(receipt, body, withProof(await proofOf(await challengeFor(service, receipt))));
  expect((await service.submit(receipt, body)).status).toBe(201);
  const partner = await service.submit(newReceipt(), body, { headers: { 'Source-Key': PARTNER_KEY } });
  expect(partner.status).toBe(201);
});

test('what is wrong with the answers is said before any work is asked for', async () => {
  const service = await asking();
  expect((await service.submit(newReceipt(), { instrument: 'digitalcheck.1' })).status).toBe(422);
});
