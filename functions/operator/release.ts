import { readFile } from 'node:fs/promises';
import { Statements } from '#contracts/statements';
import type { DisclosureReport, ReportLine } from '#disclosure/report';
import { CannotRun } from '#functions/local/cannot-run';
import { type LocalContext, publishDependencies } from '#functions/local/context';
import { takeDown } from '#functions/publish/cumulative';
import { publish } from '#functions/publish/publish';
import { PublishError } from '#functions/publish/publish-error';
import { createCommand, PLACES, startIfProgram, type Values, WrongUse } from './command.ts';
import { withContext } from './with-context.ts';

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

const OPTIONS = {
  ...PLACES,
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
} as const;

export const main = createCommand({
  usage: USAGE,
  options: OPTIONS,
  run({ values, env, out }) {
    checkUse(values);
    const { 'take-down': gone } = values;
    return withContext(values, env, (context) =>
      gone === undefined ? release(values, context, out) : giveOutNoMore(gone, context, out),
    );
  },
});

function checkUse(values: Values<typeof OPTIONS>): void {
  const { data, instruments, 'take-down': gone, ...others } = values;
  if (gone !== undefined) {
    if (Object.keys(others).length > 0) throw new WrongUse('--take-down stands alone.');
    return;
  }
  if (!values.instrument) throw new WrongUse('--instrument is missing.');
  if (values.replaces !== undefined) return;
  for (const name of ['erratum', 'draw-anew'] as const)
    if (values[name]) throw new WrongUse(`--${name} needs --replaces.`);
}

async function release(values: Values<typeof OPTIONS>, context: LocalContext, out: NodeJS.WritableStream) {
  const { instrument, cutoff, replaces, doi, erratum, fieldwork, 'key-file': keyFile } = values;
  const stated = await statementsFrom({ doi, erratum }, fieldwork);
  const outcome = await publish(publishDependencies(context, { now: () => new Date(), log: () => {} }), {
    instrument: instrument!,
    ...(cutoff === undefined ? {} : { cutoffOn: cutoff }),
    ...(replaces === undefined ? {} : { replaces }),
    ...(stated === undefined ? {} : { stated }),
    ...(keyFile === undefined ? {} : { knownKey: await keyFrom(keyFile) }),
    isDryRun: values['dry-run'] ?? false,
    drawsAnew: values['draw-anew'] ?? false,
  });
  if (outcome.state === 'already-published') throw new PublishError(`${outcome.releaseId} is in force already.`);
  if (outcome.report) out.write(describe(outcome.report));
  out.write(
    outcome.state === 'dry-run'
      ? 'Dry run: nothing was drawn or written.\n'
      : `Release ${outcome.manifest.releaseId} is in force. The next is due from ${outcome.manifest.nextReleaseOn}.\n`,
  );
  return 0;
}

async function giveOutNoMore(releaseId: string, context: LocalContext, out: NodeJS.WritableStream): Promise<number> {
  const deps = publishDependencies(context, { now: () => new Date(), log: () => {} });
  if ((await takeDown(deps, releaseId)) === undefined)
    throw new PublishError(`There is no release ${releaseId} that is given out.`);
  out.write(
    `Release ${releaseId} is taken down: within a minute the service gives it out no more; a cache in front of it may for five. It goes on counting as a release that was in force.\n`,
  );
  return 0;
}

async function keyFrom(file: string): Promise<Uint8Array> {
  return readFile(file).catch(() => {
    throw new CannotRun(`--key-file ${file} cannot be read.`);
  });
}

/** What was said of this release; undefined when nothing was. */
async function statementsFrom(
  said: { doi: string | undefined; erratum: string | undefined },
  file: string | undefined,
): Promise<Statements | undefined> {
  const fieldwork = file === undefined ? undefined : await jsonFrom(file);
  const given = Object.entries({ ...said, fieldwork }).filter(([, value]) => value !== undefined);
  if (given.length === 0) return undefined;
  const parsed = Statements.safeParse(Object.fromEntries(given));
  if (parsed.success) return parsed.data;
  const { path, message } = parsed.error.issues[0]!;
  const [option, ...within] = path;
  throw new CannotRun(`--${String(option)}: ${[...within, message].join(': ')}.`);
}

async function jsonFrom(file: string): Promise<unknown> {
  return readFile(file, 'utf8')
    .then(JSON.parse)
    .catch(() => {
      throw new CannotRun(`--fieldwork ${file} is not a JSON file that can be read.`);
    });
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
      ({ unitType, incomplete, underReview }) =>
        `Left out${unitType === undefined ? '' : ` of ${unitType}`}: ${incomplete} incomplete, ${underReview} under review.\n`,
    ),
    waiting + admitted + excluded > 0
      ? `Review: ${waiting} submissions undecided, ${admitted} admitted, ${excluded} excluded; "npm run admin -- review list" shows them.\n`
      : '',
  ].join('');
}

await startIfProgram(import.meta.url, main);
