import { berlinDate } from '#contracts/calendar';
import type { Instrument } from '#contracts/instrument';
import { seriesOf } from '#contracts/series';
import { CannotRun } from '#functions/local/cannot-run';
import { scanLog, windowOf } from '#functions/publish/fold-log';
import { createFold } from '#microdata/fold';
import { type InstrumentReport, instrumentReport } from '#microdata/instrument-report';
import { createCommand, PLACES, startIfProgram, WrongUse } from './command.ts';
import { withContext } from './with-context.ts';

const USAGE = `npm run instrument-report -- --instrument ID [options]

  --instrument ID    the check, e.g. digitalcheck.1
  --by A,B           attributes that groups are compared by (default: sector,size)
  --data DIR         the local server's data folder
  --instruments DIR  a folder with further instrument files (default: INSTRUMENTS_DIR)

Is the score fair? Reliability, item-rest correlations, distributions and differential item functioning over today's log.
Exact figures, for the operator's methodologist only: never a part of a release, and not to be passed on as they are
(docs/method.md#what-may-be-published-of-the-instrument). Exit code: 0 done; 1 it could not run.
`;

export const main = createCommand({
  usage: USAGE,
  options: { ...PLACES, instrument: { type: 'string' }, by: { type: 'string' } },
  async run({ values, env, out }) {
    if (!values.instrument) throw new WrongUse('--instrument is missing.');
    const report = await withContext(values, env, async ({ stores, instruments }) => {
      const instrument = instruments.get(seriesOf(values.instrument!));
      if (!instrument) throw new CannotRun(`The instrument ${values.instrument} is unknown; name its folder.`);
      const attributes = (values.by ?? 'sector,size').split(',').map((id) => id.trim());
      const unknown = attributes.find((id) => !instrument.profile.some((attribute) => attribute.id === id));
      if (unknown !== undefined) throw new WrongUse(`--by: ${instrument.id} has no attribute "${unknown}".`);
      const now = new Date();
      const attempt = { cutoffOn: berlinDate(now), acceptedUntil: now.toISOString() };
      const fold = createFold(windowOf(instruments, instrument, attempt, null));
      await scanLog({ submissions: stores.submissions, segments: 1 }, [fold]);
      return reportLines(instrument, instrumentReport(instrument, fold.participations(), attributes));
    });
    out.write(`${report.join('\n')}\n`);
    return 0;
  },
});

function reportLines(instrument: Instrument, report: InstrumentReport): string[] {
  const number = (value: number | null, digits = 2) => (value === null ? '-' : value.toFixed(digits));
  const { participations, incomplete, scales, items, unfair, comparisons } = report;
  return [
    `${instrument.id}: ${participations} participations, ${incomplete} organisations with an incomplete last submission`,
    '',
    "Reliability (Cronbach's alpha, answers without gaps)",
    ...scales.map(({ dimension, alpha, n }) => `  ${dimension.padEnd(24)} ${number(alpha)}  n = ${n}`),
    '',
    'Items: correlation with the rest of their dimension; levels 0 1 2 3 4, does not apply, don’t know or unanswered',
    ...items.map(({ item, itemRest, counts }) => `  ${item.padEnd(24)} ${number(itemRest)}  ${counts.join(' ')}`),
    '',
    `Differential item functioning: ${comparisons} comparisons, p adjusted by Holm below 0.05 and an effect of 0.035 or more`,
    ...(unfair.length === 0 ? ['  none found'] : []),
    ...unfair.map(
      ({ item, attribute, code, effect, size, isEasier, adjusted }) =>
        `  ${item.padEnd(24)} ${attribute}=${code}: ${isEasier ? 'easier' : 'harder'} than elsewhere, ${size} (R2 +${number(effect, 3)}, p ${adjusted < 0.001 ? '< 0.001' : number(adjusted, 3)})`,
    ),
  ];
}

await startIfProgram(import.meta.url, main);
