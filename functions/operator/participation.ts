import { participationDependencies } from '#functions/local/context';
import { countParticipation } from '#functions/publish/participation';
import { type CommandStreams, runCommand, startIfProgram } from './command.ts';

const USAGE = `npm run participation -- [options]

Counts how many members of each association took part, over what came in before today: the nightly task of a deployment.
On a day that was counted already it changes nothing.

  --data DIR         the local server's data folder
  --instruments DIR  a folder with further instrument files (default: INSTRUMENTS_DIR)
`;

/** Runs the command and returns its exit code. */
export function main(argv: string[], env: Record<string, string | undefined>, io: CommandStreams): Promise<number> {
  return runCommand(
    {
      usage: USAGE,
      options: {},
      expected: [],
      complaint: () => undefined,
      async run(_, context, out) {
        let associations = 0;
        const log = (entry: Record<string, unknown>) => {
          associations = Number(entry.associations);
        };
        await countParticipation(participationDependencies(context, { now: () => new Date(), log }));
        out.write(associations === 0 ? 'Counted today already.\n' : `Counted for ${associations} associations.\n`);
        return 0;
      },
    },
    argv,
    env,
    io,
  );
}

await startIfProgram(import.meta.url, main);
