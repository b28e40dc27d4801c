import { readFile } from 'node:fs/promises';
import { Statements } from '#contracts/statements';
import type { DisclosureReport, ReportLine } from '#disclosure/report';
import { ConfigurationError } from '#functions/local/configuration';
import { type LocalContext, publishDependencies } from '#functions/local/context';
import { publish } from '#functions/publish/publish';
import { PublishError } from '#functions/publish/publish-error';
import { type CommandStreams, runCommand, startIfProgram } from './command.ts';

const USAGE = `npm run release -- --instrument ID [options]
       npm run release -- --take-down ID

  --instrument ID    which check to publish, e.g. digitalcheck.1
  --cutoff DATE      last day that counts, YYYY-MM-DD (default: yesterday)
  --dry-run          show what would be published and suppressed, and why; draw and write nothing
  --replaces ID      publish an erratum in place of release ID: other words, files or labels, the same figures
  --draw-anew        the erratum changes figures: all are drawn anew, which counts as a release of its own
  --erratum TEXT     what was wrong there, for the changelog
  --take-down ID     give release ID out no more; it goes on counting as a release that was in force
  --doi DOI          a DOI reserved for this release, e.g. 10.5072/abc-1; the files then cite it
  --fieldwork FILE   JSON on how the answers came in: channels, startedOn, endedOn, returning, nonResponse, pretests
  --key-file FILE    32 bytes to draw with in place of a key that nobody knows: for tests with invented data only
  --data DIR         the local server's data folder
  --instruments DIR  a folder with further instrument files (default: INSTRUMENTS_DIR)

Uses the local server's database if the server runs, else starts it for the time of the command.
Exit code: 0 published, taken down, or shown by --dry-run; 1 nothing was changed, the former release stays in force.
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
        'draw-anew': { type: 'boolean' },
        erratum: { type: 'string' },
        'take-down': { type: 'string' },
        doi: { type: 'string' },
        fieldwork: { type: 'string' },
        'key-file': { type: 'string' },
      },
      expected: [PublishError],
      complaint: ({ instrument, replaces, erratum, 'draw-anew': drawsAnew, 'take-down': takeDown, ...others }) => {
        if (takeDown !== undefined) {
          const more = { instrument, replaces, erratum, drawsAnew, ...others, data: undefined, instruments: undefined };
          return Object.values(more).some((value) => value !== undefined) ? '--take-down stands alone.' : undefined;
        }
        if (!instrument) return '--instrument is missing.';
        if (erratum !== undefined && replaces === undefined) return '--erratum needs --replaces.';
        return drawsAnew && replaces === undefined ? '--draw-anew needs --replaces.' : undefined;
      },
      async run(values, context, out) {
        const { instrument, cutoff, replaces, doi, erratum, fieldwork, 'take-down': gone } = values;
        if (gone !== undefined) return takeDown(gone, context, out);
        const { 'dry-run': isDryRun = false, 'draw-anew': drawsAnew = false, 'key-file': keyFile } = values;
        const stated = await statementsFrom({ doi, erratum }, fieldwork);
        const outcome = await publish(publishDependencies(context, { now: () => new Date(), log: () => {} }), {
          instrument: instrument!,
          ...(cutoff === undefined ? {} : { cutoffOn: cutoff }),
          ...(replaces === undefined ? {} : { replaces }),
          ...(stated === undefined ? {} : { stated }),
          ...(keyFile === undefined ? {} : { knownKey: await keyFrom(keyFile) }),
          isDryRun,
          drawsAnew,
        });
        if (outcome.state === 'already-published') throw new PublishError(`${outcome.releaseId} is in force already.`);
        if (outcome.report) out.write(describe(outcome.report));
        out.write(
          outcome.state === 'dry-run'
            ? 'Dry run: nothing was drawn or written.\n'
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

async function takeDown(releaseId: string, { stores }: LocalContext, out: NodeJS.WritableStream): Promise<number> {
  if ((await stores.releases.takeDown(releaseId)) === undefined)
    throw new PublishError(`There is no release ${releaseId} that is given out.`);
  out.write(
    `Release ${releaseId} is taken down: within a minute the service gives it out no more; a cache in front of it may for five. It goes on counting as a release that was in force.\n`,
  );
  return 0;
}

async function keyFrom(file: string): Promise<Uint8Array> {
  return readFile(file).catch(() => {
    throw new ConfigurationError(`--key-file ${file} cannot be read.`);
  });
}

/** What was said of this release; undefined when nothing was. Throws a ConfigurationError. */
async function statementsFrom(
  said: { doi: string | undefined; erratum: string | undefined },
  file: string | undefined,
): Promise<Statements | undefined> {
  const given = Object.entries(said).filter(([, value]) => value !== undefined);
  if (given.length === 0 && file === undefined) return undefined;
  let fieldwork: unknown;
  if (file !== undefined)
    fieldwork = await readFile(file, 'utf8')
      .then(JSON.parse)
      .catch(() => {
        throw new ConfigurationError(`--fieldwork ${file} is not a JSON file that can be read.`);
      });
  const parsed = Statements.safeParse({
    ...Object.fromEntries(given),
    ...(fieldwork === undefined ? {} : { fieldwork }),
  });
  if (parsed.success) return parsed.data;
  const { path, message } = parsed.error.issues[0]!;
  const [option, ...within] = path;
  throw new ConfigurationError(`--${String(option)}: ${[...within, message].join(': ')}.`);
}

/** The disclosure report in words: exact n and reasons. Not for publication, and kept nowhere. */
function describe({ cells, changes, leftOut, reviewed }: DisclosureReport): string {
  const all = [...cells, ...changes.map((line) => ({ ...line, key: `${line.key} (change)` }))];
  const width = Math.max(...all.map(({ key }) => key.length));
  const line = ({ key, n, decision, reason }: ReportLine) =>
    `  ${key.padEnd(width)}  n = ${String(n).padStart(5)}  ${decision}${reason ? ` (${reason})` : ''}\n`;
  const published = all.filter(({ decision }) => decision === 'published').length;
  const { waiting, admitted, excluded } = reviewed;
  return [
    'Exact numbers, for the operator only:\n',
    ...all.filter(({ n }) => n > 0).map(line),
    `${published} groups published, ${all.length - published} suppressed (${all.filter(({ n }) => n === 0).length} of them empty).\n`,
    ...leftOut.map(
      ({ panel, incomplete, underReview }) =>
        `Left out${panel === undefined ? '' : ` of ${panel}`}: ${incomplete} incomplete, ${underReview} under review.\n`,
    ),
    waiting + admitted + excluded > 0
      ? `Review: ${waiting} submissions waiting, ${admitted} admitted, ${excluded} excluded; "npm run admin -- quarantine list" shows them.\n`
      : '',
  ].join('');
}

await startIfProgram(import.meta.url, main);
