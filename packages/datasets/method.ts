import type { CutLadder, Policy } from '#contracts/policy';
import { type DatasetInput, marksInWords, releaseTitle } from './dataset-input.ts';
import { type DatasetFile, textFile } from './table.ts';

/** method.md: the method in short, with the values of the policy that this release was made under. */
export function methodFile(input: DatasetInput): DatasetFile {
  const { manifest, instrument, facts } = input;
  const { policy } = manifest;
  const { cut, count } = policy.epsilon;
  const marks = marksInWords(input, 'en');
  return textFile(
    'method.md',
    `# Method in short

${[`${releaseTitle(input, 'en')} (release ${manifest.releaseId}).`, ...marks].join(' ')}

## Who counts

One participation is one organisation: its last submission with a score in every dimension, made in the ${instrument.windowMonths} months up to the cut-off date ${manifest.cutoffOn}, that day included. It counts in at most ${policy.releasesPerParticipation} releases.
Organisations chose to take part. They are not a random sample of the field, and no figure here is weighted or extrapolated.

## Scores and figures

${
  instrument.kind === 'questionnaire'
    ? 'The score of a dimension is the mean of the answered levels (0 to 4) times 25, rounded half up to a whole number from 0 to 100. "Does not apply" leaves the denominator; "don’t know" counts as unanswered. A dimension has a score if at least three of its items, and 80 % of the applicable ones, are answered.'
    : 'The instrument takes the dimension scores, whole numbers from 0 to 100, from the tool that organisations used.'
}
The overall score is the mean of all dimension scores, rounded half up. Scores are put to the nearest multiple of ${instrument.scoreStep} before percentiles are drawn.

Shares of items are of all participations of the group; shares of a question are of those who were asked and answered. They are whole per cents of the middle of the shown band, so that they tell no exact number. Minimum, maximum, mean, deviation and exact counts of answers are never published.

| from n | what a group shows |
| --- | --- |
${ladderRows(policy.cutLadder)}
${
  instrument.items.length + instrument.questions.length === 0
    ? ''
    : `| ${policy.itemsFromN} | items and questions, in groups narrowed by one attribute at most; of a question, if at least ${policy.questionsFromBase} were asked and answered (by the drawn number) |\n`
}
**Matched change.** A matched organisation has two submissions with a score in every dimension, both inside the window and of the same unit type, the last at least six calendar months after the first; where there are several, the first and the last count. Its change is the last score less the first, put to the nearest multiple of ${instrument.scoreStep}. \`change.csv\` shows percentiles of the individual changes by the table below and, from ${policy.itemsFromN} matched organisations on, the shares that rose, stayed and fell. Organisations that took part once are not in it, so it is not the difference of two medians. Who was far down tends to rise by chance alone (regression to the mean).

| from n matched | what a group shows of its change |
| --- | --- |
${ladderRows(policy.changeCutLadder)}

## Protection

A group is published when it has at least ${policy.minParticipations} participations, at least ${policy.minIndependent} of them from others than its largest single source. Of two groups of which one lies within the other, both are published only if they differ by at least ${policy.minNestedDifference}. A published group shows its figures whole.

Every figure that depends on answers was drawn once, at random, with a key that was ${manifest.marks.hasKnownKey ? 'given for it' : 'made for it, held in memory only and never stored: nobody can take the noise off afterwards'}.${facts.copies ? ` This release corrects words or files: its figures are those drawn for ${facts.copies}, unchanged.` : ''} Equal groups have equal figures.

- A percentile: the exponential mechanism on the multiples of ${instrument.scoreStep}, epsilon ${cut}. Values near the true percentile, counted in organisations, are likelier.
- A share: the number of organisations plus two-sided geometric noise, epsilon ${count} (standard deviation ${geometricDeviation(count)} organisations), clamped to what is possible. Shares at level 1, 2, 3, 4 or above are then made non-increasing.
${manifest.marks.hasKnownKey ? '\n**This release was drawn with a known key: its noise protects nobody.**\n' : ''}
**What may be claimed.** A published figure counts at least ${policy.minParticipations} organisations, of whom the base of a question or of a change may be a part. Each draw by itself, for a given number of participations, says almost the same whatever any one organisation answered: adding or removing its answers changes no outcome's probability by more than the factor e^${cut} for a percentile and e^${count} for a share; changing them by at most e^${number(2 * cut)} for the median, e^(${cut} / max(p, 1 - p)) for another percentile p, and e^${count} for a share. Submitting changes no figure before the next release.

**What may not.** This is not anonymity. Whether a group is published, its number of participations in steps of ${policy.participationsRoundedTo} and how many percentiles it shows depend on who took part: participation is not hidden from somebody who knows everybody else. Draws of the same answers add up: over every figure that one participation can be in, the epsilons of this release sum to at most ${number(manifest.epsilonSum)}. That is no guarantee worth the name for everything together; the service's method page shows what the strongest attackers gained. Nor does any figure stand for all organisations.

**Parts, percentiles and wholes do not add up**, since each was moved by itself. 0 % does not mean nobody, and 100 % not everybody.

Suppressed groups stand in the tables with an empty value and the flags \`OBS_STATUS\` Q and \`CONF_STATUS\` C. There is one public reason: too few participations, or too close to another group. A suppressed value is never zero.

Every figure is of the cut-off date.

| policy of this release | value |
| --- | --- |
${policyRows(policy)
  .map(([rule, value]) => `| ${rule} | ${value} |`)
  .join('\n')}

## Provenance

- SHA-256 of the policy: \`${manifest.policyHash}\`
- SHA-256 of the instrument: \`${manifest.instrumentHash}\`
- Version of the code: \`${manifest.codeVersion}\`
`,
    'text/markdown; charset=utf-8',
  );
}

function policyRows(policy: Policy): [rule: string, value: string | number][] {
  return [
    ['participations of a published group, at least', policy.minParticipations],
    ['of them not from the largest source, at least', policy.minIndependent],
    ['difference of nested groups, at least', policy.minNestedDifference],
    ['numbers of organisations rounded down to multiples of', policy.participationsRoundedTo],
    ['items and questions from n', policy.itemsFromN],
    ['a question from so many asked and answering (drawn)', policy.questionsFromBase],
    ['a verdict on a single score from n', policy.verdictFromN],
    ['epsilon of a percentile', policy.epsilon.cut],
    ['epsilon of a count', policy.epsilon.count],
    ['releases that a participation counts in, at most', policy.releasesPerParticipation],
    ['days between cut-offs, at least', policy.minDaysBetweenReleases],
    ['made for trial, with invented data', policy.isTrial ? 'yes' : 'no'],
  ];
}

const ladderRows = (ladder: CutLadder) =>
  ladder.map(({ fromN, permilles }) => `| ${fromN} | ${cutsInWords(permilles)} |`).join('\n');

function cutsInWords(permilles: readonly number[]): string {
  const percents = permilles.map((permille) => permille / 10);
  const step = percents[1]! - percents[0]!;
  const isEven = percents.length > 3 && percents.every((percent, place) => percent === (place + 1) * step);
  if (isEven) return `every ${step} % from ${percents[0]} to ${percents.at(-1)}`;
  return percents.length === 1 ? `the percentile ${percents[0]}` : `the percentiles ${percents.join(', ')}`;
}

/** Standard deviation of the two-sided geometric distribution, alpha = e^-epsilon, to one decimal. */
function geometricDeviation(epsilon: number): string {
  const alpha = Math.exp(-epsilon);
  return (Math.sqrt(2 * alpha) / (1 - alpha)).toFixed(1);
}

const number = (value: number) => `${Math.round(value * 10) / 10}`;
