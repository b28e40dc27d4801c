import { publishDependencies } from '#functions/local/context';
import { countParticipation } from '#functions/publish/participation';
import { createCommand, PLACES, startIfProgram } from './command.ts';
import { withContext } from './with-context.ts';

const USAGE = `npm run participation -- [options]

Draws how many members took part in the campaigns of associations, where a draw is due: a few while a campaign runs, at
least a week apart, and one after its end. It is the nightly task of a deployment; at other times it changes nothing.

  --data DIR         the local server's data folder
  --instruments DIR  a folder with further instrument files (default: INSTRUMENTS_DIR)
`;

export const main = createCommand({
  usage: USAGE,
  options: PLACES,
  async run({ values, env, out }) {
    let campaigns = 0;
    const log = (entry: Record<string, unknown>) => {
      campaigns = Number(entry.campaigns);
    };
    await withContext(values, env, (context) =>
      countParticipation(publishDependencies(context, { now: () => new Date(), log })),
    );
    out.write(campaigns === 0 ? 'No count is due today.\n' : `Drawn for ${campaigns} campaigns.\n`);
    return 0;
  },
});

await startIfProgram(import.meta.url, main);
