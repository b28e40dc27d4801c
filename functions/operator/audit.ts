import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { InstrumentFileError } from '#functions/instruments';
import { ConfigurationError, readPlaces } from '#functions/local/configuration';
import { EndpointError, openContext, publishDependencies } from '#functions/local/context';
import { DataFolderError } from '#functions/local/data-folder';
import { EngineError } from '#functions/local/engine';
import { AuditError, auditPublished } from './audit/audit-candidate.ts';
import { reportLines } from './audit/report.ts';

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
export async function main(
  argv: string[],
  env: Record<string, string | undefined>,
  io: { out: NodeJS.WritableStream; err: NodeJS.WritableStream },
): Promise<0 | 1 | 2> {
  try {
    const options = readArguments(argv);
    if (options.help) {
      io.out.write(USAGE);
      return 0;
    }
    const seconds = Number(options.seconds ?? '20');
    if (!(seconds > 0 && seconds <= 86_400)) throw new AuditError('--seconds must be a number from 1 to 86400.');
    if (!options.release && !options.instrument) throw new AuditError(`--release is missing.\n\n${USAGE}`);
    const context = await openContext(readPlaces(options, env));
    try {
      const deps = publishDependencies(context, { now: () => new Date(), log: () => {} });
      const releaseId = options.release ?? (await deps.releases.head(panelOf(options.instrument!)))?.releases[0];
      if (!releaseId) throw new AuditError(`${options.instrument} has no release yet.`);
      const report = await auditPublished({ ...deps, limits: { seconds } }, releaseId);
      io.out.write(`${reportLines(report).join('\n')}\n`);
      return report.breaks.length === 0 ? 0 : 2;
    } finally {
      await context.close();
    }
  } catch (error) {
    if (!EXPECTED.some((kind) => error instanceof kind)) throw error;
    io.err.write(`${(error as Error).message}\n`);
    return 1;
  }
}

const EXPECTED = [AuditError, ConfigurationError, EndpointError, DataFolderError, EngineError, InstrumentFileError];

const panelOf = (instrument: string) => instrument.split('.').slice(0, 2).join('.');

function readArguments(argv: string[]) {
  try {
    return parseArgs({
      args: argv,
      options: {
        release: { type: 'string' },
        instrument: { type: 'string' },
        seconds: { type: 'string' },
        data: { type: 'string' },
        instruments: { type: 'string' },
        help: { type: 'boolean' },
      },
    }).values;
  } catch (error) {
    throw new AuditError(`${(error as Error).message.split(/(?<=\.)\s/)[0]}\n\n${USAGE}`);
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href)
  process.exitCode = await main(process.argv.slice(2), process.env, { out: process.stdout, err: process.stderr });
