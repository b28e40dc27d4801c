import { readPlaces } from '#functions/local/configuration';
import { type LocalContext, openContext } from '#functions/local/context';
import type { Environment, PLACES, Values } from './command.ts';

/** Opens data folder and database, attaching to the server that has them, for the time of some work. */
export async function withContext<Result>(
  places: Values<typeof PLACES>,
  env: Environment,
  work: (context: LocalContext) => Promise<Result>,
): Promise<Result> {
  const context = await openContext(readPlaces(places, env));
  try {
    return await work(context);
  } finally {
    await context.close();
  }
}
