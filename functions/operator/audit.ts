import { panelIdOf } from '#contracts/instrument-id';
import { publishDependencies } from '#functions/local/context';
import { AuditError, auditPublished } from './audit/audit-candidate.ts';
import { reportLines } from './audit/report.ts';
import { type CommandStreams, runCommand, startIfProgram } from './command.ts';

const USAGE = `npm run audit -- --release ID [options]

  --release ID       the release to try to break, e.g. digitalcheck.1-2026-06-30-3f9a2c1b
  --instrument ID    in place of --release: the release of this check that is in force
  --seconds N        how long the solver may search (default: 20)
  --data DIR         the local server's data folder
  --instruments DIR  a folder with further instrument files (default: INSTRUMENTS_DIR)

Prints what was tried, to which limit, and what was found; for the operator only.
Exit code: 0 no break was found; 2 the release tells more than it may; 1 the audit could not run.
`;

/** Runs the command and returns its exit code. */
export function main(argv: string[], env: Record<string, string | undefined>, io: CommandStreams): Promise<number> {
  return runCommand(
    {
      usage: USAGE,
      options: { release: { type: 'string' }, instrument: { type: 'string' }, seconds: { type: 'string' } },
      expected: [AuditError],
      complaint({ release, instrument, seconds = '20' }) {
        if (!(Number(seconds) > 0 && Number(seconds) <= 86_400)) return '--seconds must be a number from 1 to 86400.';
        return release || instrument ? undefined : '--release is missing.';
      },
      async run({ release, instrument, seconds = '20' }, context, out) {
        const deps = publishDependencies(context, { now: () => new Date(), log: () => {} });
        const releaseId = release ?? (await deps.releases.head(panelIdOf(instrument!)))?.releases[0];
        if (!releaseId) throw new AuditError(`${instrument} has no release yet.`);
        const report = await auditPublished({ ...deps, limits: { seconds: Number(seconds) } }, releaseId);
        out.write(`${reportLines(report).join('\n')}\n`);
        return report.breaks.length === 0 ? 0 : 2;
      },
    },
    argv,
    env,
    io,
  );
}

await startIfProgram(import.meta.url, main);
