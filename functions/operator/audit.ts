import { AuditLog } from '#audit/audit-log';
import { auditRelease } from '#audit/audit-release';
import { reportLines } from '#audit/report';
import { berlinDate } from '#contracts/calendar';
import { listedIn } from '#contracts/release';
import { fileListPath, filePath, ReleaseFile } from '#contracts/release-file';
import { seriesOf } from '#contracts/series';
import { CannotRun } from '#functions/local/cannot-run';
import type { LocalContext } from '#functions/local/context';
import { acceptedAfter, scanLog, windowOf } from '#functions/publish/fold-log';
import { createCommand, PLACES, startIfProgram, WrongUse } from './command.ts';
import { withContext } from './with-context.ts';

const USAGE = `npm run audit -- --release ID [options]

  --release ID       the release to audit, e.g. digitalcheck.1-2026-06-30-3f9a2c1b
  --instrument ID    in place of --release: the release of this check that is in force
  --data DIR         the local server's data folder
  --instruments DIR  a folder with further instrument files (default: INSTRUMENTS_DIR)

Counts today's log once more, with code of its own: thresholds, the hashes of the files, and whether every figure lies where the
draw can have put it. Nobody has the key any more. For the operator only.
Exit code: 0 no break; 2 a break, or not everything could be looked at; 1 the audit could not run.
`;

export const main = createCommand({
  usage: USAGE,
  options: { ...PLACES, release: { type: 'string' }, instrument: { type: 'string' } },
  async run({ values, env, out }) {
    const { release, instrument } = values;
    if (!release && !instrument) throw new WrongUse('--release is missing.');
    const report = await withContext(values, env, async (context) =>
      auditGivenOut(context, release ?? (await inForce(context, instrument!)), new Date()),
    );
    out.write(`${reportLines(report).join('\n')}\n`);
    return report.breaks.length + report.incomplete.length === 0 ? 0 : 2;
  },
});

async function inForce({ stores }: LocalContext, instrument: string): Promise<string> {
  const [newest] = listedIn(await stores.releases.head(seriesOf(instrument)));
  if (!newest) throw new CannotRun(`${instrument} has no release yet.`);
  return newest;
}

async function auditGivenOut({ stores, instruments }: LocalContext, releaseId: string, now: Date) {
  const { releases, files, registry, submissions } = stores;
  const manifest = await releases.manifest(releaseId);
  const head = manifest && (await releases.head(manifest.series));
  const entry = head?.releases.find((one) => one.releaseId === releaseId);
  if (!manifest || !head || !entry) throw new CannotRun(`There is no release ${releaseId} that is given out.`);
  const instrument = instruments.get(manifest.instrument);
  if (!instrument) throw new CannotRun(`The instrument ${manifest.instrument} is unknown; name its folder.`);

  const drawnFor = head.releases.findIndex((one) => one.releaseId === (entry.copies ?? releaseId));
  const former = head.releases.slice(drawnFor + 1);
  const after = acceptedAfter(former, manifest.policy.releasesPerParticipation);
  const log = new AuditLog(windowOf(instruments, instrument, manifest, after));
  await scanLog({ submissions, segments: 1 }, [log]);

  const associations = await registry.associations();
  const members = await Promise.all(associations.map(({ id }) => releases.memberCells(releaseId, id)));
  const shown = async <T>(
    entries: readonly { group: { key: string } }[],
    get: (key: string) => Promise<T | undefined>,
  ) => (await Promise.all(entries.map(({ group }) => get(group.key)))).filter((one) => one !== undefined);
  const cells = await shown(manifest.cells, (key) => releases.cell(releaseId, key));
  const changes = await shown(manifest.changes, (key) => releases.change(releaseId, key));
  const list = await files.get(fileListPath(releaseId));
  return auditRelease(log, {
    manifest,
    cells: [...cells, ...members.flatMap((one) => one?.cells ?? [])],
    changes: [...changes, ...members.flatMap((one) => one?.changes ?? [])],
    reviews: await registry.reviews(),
    former,
    isCopy: entry.copies !== undefined,
    auditedOn: berlinDate(now),
    files: {
      listed: list && ReleaseFile.array().parse(JSON.parse(new TextDecoder().decode(list))),
      read: (name) => files.get(filePath(releaseId, name)),
    },
  });
}

await startIfProgram(import.meta.url, main);
