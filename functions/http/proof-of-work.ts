import { createHash } from 'node:crypto';
import * as z from 'zod';
import { Challenge } from '#contracts/problem';
import type { ApiDependencies, ProofOfWork } from './dependencies.ts';

/** Rounds of PBKDF2 for each try: about 2 ms on a desktop computer. */
const COST = 5_000;
/** How many tries the answer takes: some half a second on a desktop computer, some seconds on an old phone. */
const TRIES = [100, 200] as const;
const VALID_MINUTES = 20;

/** What the header `Proof-Of-Work` holds, as base64 of its JSON. */
const Proof = z.object({
  challenge: Challenge,
  solution: z.object({ counter: z.int().min(0).max(0xffffffff), derivedKey: z.string() }),
});

/**
 * A little work that each new submission costs its sender, so that inventing thousands of houses is dear. The challenge
 * (altcha, version 2) is signed over one receipt and one idempotency key and expires: a proof is good for making the same
 * item again and for nothing else, so nothing need be remembered.
 */
export function proofOfWork(
  { secret }: ProofOfWork,
  { now, randomBytes }: Pick<ApiDependencies, 'now' | 'randomBytes'>,
) {
  return {
    /** A challenge for one submission of one organisation. */
    async challenge(organisation: string, key: string): Promise<Challenge> {
      const [low, high] = TRIES;
      const counter = low + (Buffer.from(randomBytes(4)).readUInt32LE() % (high - low));
      const { createChallenge, deriveKey } = await altcha();
      const challenge = await createChallenge({
        algorithm: 'PBKDF2/SHA-256',
        cost: COST,
        counter,
        deriveKey,
        hmacSignatureSecret: secret,
        // The library's own expiry looks at the machine's clock; this is signed as well, and held against the service's.
        data: { for: boundTo(organisation, key), until: Math.floor(now().getTime() / 1000) + VALID_MINUTES * 60 },
      });
      return Challenge.parse(challenge);
    },

    /** Whether the header proves work for this submission, in time and by a challenge of this service. */
    async isProven(header: string | undefined, organisation: string, key: string): Promise<boolean> {
      const proof = readProof(header);
      if (!proof) return false;
      const { data } = proof.challenge.parameters;
      if (data.for !== boundTo(organisation, key) || data.until * 1000 < now().getTime()) return false;
      const { challenge, solution } = proof;
      const { verifySolution, deriveKey } = await altcha();
      return (await verifySolution({ challenge, solution, deriveKey, hmacSignatureSecret: secret })).verified;
    },
  };
}

/** Loaded with the first submission. */
async function altcha() {
  const [library, algorithm] = await Promise.all([import('altcha-lib'), import('altcha-lib/algorithms/pbkdf2')]);
  return { ...library, ...algorithm };
}

function readProof(header: string | undefined): z.infer<typeof Proof> | undefined {
  if (header === undefined || header.length > 4_000) return undefined;
  try {
    return Proof.safeParse(JSON.parse(Buffer.from(header, 'base64').toString('utf8'))).data;
  } catch {
    return undefined;
  }
}

function boundTo(organisation: string, key: string): string {
  return createHash('sha256').update(`${organisation}/${key}`).digest('base64url');
}
