import type { ReportLine } from '#benchmark/release';
import type { Manifest } from '#contracts/release';
import { publishDependencies } from '#functions/local/context';
import { PublishError, publish } from '#functions/publish/publish';
import { type CommandStreams, isStarted, runCommand } from './command.ts';

const USAGE = `npm run release -- --instrument ID [options]

  --instrument ID    which check to publish, e.g. digitalcheck.1
  --cutoff DATE      last day that counts, YYYY-MM-DD (default: yesterday, or that of a publication broken off)
  --dry-run          show what would be published, carried forward and suppressed, and why; write nothing
  --replaces ID      publish an erratum in place of release ID
  --data DIR         the local server's data folder
  --instruments DIR  a folder with further instrument files (default: INSTRUMENTS_DIR)

Uses the local server's database if the server runs, else starts it for the time of the command.
Exit code: 0 published, or shown by --dry-run; 1 nothing was published, the former release stays in force.
`;

/** Runs the command and returns its exit code. */
export function main(argv: string[], env: Record<string, string | undefined>, io: CommandStreams): Promise<number> {
  return runCommand(
    {
      usage: USAGE,
      options: {
        instrument: { type: 'string' },
        cutoff: { type: 'string' },
        'dry-run': { type: 'boolean' },
        replaces: { type: 'string' },
      },
      expected: [PublishError],
      complaint: ({ instrument }) => (instrument ? undefined : '--instrument is missing.'),
      async run({ instrument, cutoff, replaces, 'dry-run': isDryRun = false }, context, out) {
        const outcome = await publish(publishDependencies(context, { now: () => new Date(), log: () => {} }), {
          instrument: instrument!,
          ...(cutoff === undefined ? {} : { cutoffOn: cutoff }),
          ...(replaces === undefined ? {} : { replaces }),
          isDryRun,
        });
        out.write(describe(outcome.manifest, outcome.report, outcome.deferred));
        out.write(
          outcome.state === 'dry-run'
            ? 'Dry run: nothing was written.\n'
            : `Release ${outcome.manifest.releaseId} is in force. The next is due from ${outcome.manifest.nextReleaseOn}.\n`,
        );
        return 0;
      },
    },
    argv,
    env,
    io,
  );
}

/** The operator's view of a release: exact n and causes. Not for publication. */
function describe(manifest: Manifest, report: ReportLine[], deferred: number): string {
  const width = Math.max(...report.map(({ key }) => key.length));
  const line = ({ key, n, outcome, cause }: ReportLine) =>
    `  ${key.padEnd(width)}  n = ${String(n).padStart(5)}  ${outcome}${cause ? ` (${cause})` : ''}\n`;
  const shown = report.filter(({ n, outcome }) => n > 0 || outcome !== 'suppressed');
  const count = (outcome: ReportLine['outcome']) => report.filter((entry) => entry.outcome === outcome).length;
  return [
    `${manifest.releaseId}: cut-off ${manifest.cutoffOn}, for the operator only\n`,
    ...shown.map(line),
    `${count('fresh')} published afresh, ${count('carried')} carried forward, ${count('suppressed')} suppressed`,
    ` (${report.length - shown.length} of them empty); ${deferred} submissions wait for the next release.\n`,
  ].join('');
}

if (isStarted(import.meta.url))
  process.exitCode = await main(process.argv.slice(2), process.env, { out: process.stdout, err: process.stderr });
