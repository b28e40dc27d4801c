import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { PolicyError } from '#benchmark/policy';
import type { ReportLine } from '#benchmark/release';
import type { Manifest } from '#contracts/release';
import { InstrumentFileError } from '#functions/instruments';
import { ConfigurationError, readPlaces } from '#functions/local/configuration';
import { EndpointError, openContext, publishDependencies } from '#functions/local/context';
import { DataFolderError } from '#functions/local/data-folder';
import { EngineError } from '#functions/local/engine';
import { PublishError, publish } from '#functions/publish/publish';

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
export async function main(
  argv: string[],
  env: Record<string, string | undefined>,
  io: { out: NodeJS.WritableStream; err: NodeJS.WritableStream },
): Promise<0 | 1> {
  try {
    const options = readArguments(argv);
    if (options.help) {
      io.out.write(USAGE);
      return 0;
    }
    if (!options.instrument) throw new PublishError(`--instrument is missing.\n\n${USAGE}`);
    const context = await openContext(readPlaces(options, env));
    try {
      const deps = publishDependencies(context, { now: () => new Date(), log: () => {} });
      const outcome = await publish(deps, {
        instrument: options.instrument,
        ...(options.cutoff === undefined ? {} : { cutoffOn: options.cutoff }),
        ...(options.replaces === undefined ? {} : { replaces: options.replaces }),
        isDryRun: options['dry-run'] ?? false,
      });
      io.out.write(describe(outcome.manifest, outcome.report, outcome.deferred));
      io.out.write(
        outcome.state === 'dry-run'
          ? 'Dry run: nothing was written.\n'
          : `Release ${outcome.manifest.releaseId} is in force. The next is due from ${outcome.manifest.nextReleaseOn}.\n`,
      );
      return 0;
    } finally {
      await context.close();
    }
  } catch (error) {
    if (!EXPECTED.some((kind) => error instanceof kind)) throw error;
    io.err.write(`${(error as Error).message}\n`);
    return 1;
  }
}

const EXPECTED = [
  PublishError,
  PolicyError,
  ConfigurationError,
  EndpointError,
  DataFolderError,
  EngineError,
  InstrumentFileError,
];

function readArguments(argv: string[]) {
  try {
    return parseArgs({
      args: argv,
      options: {
        instrument: { type: 'string' },
        cutoff: { type: 'string' },
        'dry-run': { type: 'boolean' },
        replaces: { type: 'string' },
        data: { type: 'string' },
        instruments: { type: 'string' },
        help: { type: 'boolean' },
      },
    }).values;
  } catch (error) {
    throw new PublishError(`${(error as Error).message.split(/(?<=\.)\s/)[0]}\n\n${USAGE}`);
  }
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

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href)
  process.exitCode = await main(process.argv.slice(2), process.env, { out: process.stdout, err: process.stderr });
