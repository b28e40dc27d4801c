import { solveChallenge } from 'altcha-lib';
import { deriveKey } from 'altcha-lib/algorithms/web/pbkdf2';
import type { Challenge } from '#contracts/problem';

/**
 * Does the work that the service asks for before it takes a submission in: some half a second on a desktop computer,
 * some seconds on an old phone. Derivations run beside the page's own thread, so the page stays usable.
 *
 * @returns what goes into the header `Proof-Of-Work`; undefined when the work could not be done in 90 seconds
 */
export async function solve(challenge: Challenge): Promise<string | undefined> {
  const solution = await solveChallenge({ challenge, deriveKey });
  return solution === null ? undefined : btoa(JSON.stringify({ challenge, solution }));
}
