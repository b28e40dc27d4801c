import { type DatasetInput, releaseTitle } from './release.ts';
import { type DatasetFile, textFile } from './table.ts';

/** method.md: the method in short, with the values of the policy that this release was made under. */
export function methodFile(input: DatasetInput): DatasetFile {
  const { manifest, instrument } = input;
  const { policy } = manifest;
  const ladder = policy.cutLadder
    .map(({ fromN, stepPermille }) => `| ${fromN} | every ${stepPermille / 10} % |`)
    .join('\n');
  const scoring =
    instrument.kind === 'questionnaire'
      ? 'The score of a dimension is the mean of the answered levels (0 to 4) times 25, rounded half up to a whole number from 0 to 100. "Does not apply" leaves the denominator; "don’t know" counts as unanswered. A dimension has a score if at least three of its items, and 80 % of the applicable ones, are answered.'
      : 'The instrument takes the dimension scores, whole numbers from 0 to 100, from the tool that organisations used.';
  return textFile(
    'method.md',
    `# Method in short

${releaseTitle(input, 'en')} (release ${manifest.releaseId}).

## Who counts

One participation is one organisation: its last submission with a score in every dimension, made in the ${instrument.panelMonths} months up to the cut-off date ${manifest.cutoffOn}, that day included.
Organisations chose to take part. They are not a random sample of the field, and no figure here is weighted or extrapolated.

## Scores and figures

${scoring}
The overall score is the mean of all dimension scores, rounded half up.

Percentiles are quantiles of type 7 (Hyndman and Fan 1996), the default of R and NumPy, computed exactly from whole points and rounded half up to whole points.
Reliability is McDonald's omega of a one-factor model, fitted by least squares (MINRES) to the covariances of a dimension's items, of those who gave a level to each of them. Correlations are Spearman's. Both are rounded to 0.1.
Shares are of all participations of the group. Minimum, maximum, mean, deviation and counts are never published.

How many percentiles a group shows depends on its number of participations:

| from n | percentiles shown |
| --- | --- |
${ladder}

An interval of a quantile can be told from published percentiles only where its limits fall on some; the number of participations to use is the lower end of the band (\`n_from\`).
Intervals assume that the participants were a random sample.

## Matched change

A matched organisation has two submissions with a score in every dimension, both inside the panel window and under the same value of the panel attribute, the last at least six calendar months after the first; where there are several, the first and the last count. Its change is the last score less the first. \`change.csv\` shows cuts of the individual changes, by the ladder above, and the share whose score rose. Organisations that took part once are not in it, so it is not the difference of two medians.

## Protection

Figures are published where no set of organisations that can be isolated by adding and subtracting published groups, within this release or across all before it, has fewer than k members, as far as a proof (one and two organisations) and a systematic search (three to k - 1) find.
This is not anonymity in the strict sense and not differential privacy: it is no safeguard against someone who invents organisations or pools what members know.

| rule | value in this release |
| --- | --- |
| smallest isolable set (k) | ${policy.k} |
| participations needed without invitations | ${policy.minOpenParticipations} |
| smallest set defined by answers | ${policy.minSlice} |
| participations rounded down to multiples of | ${policy.participationsRoundedTo} |
| shares rounded to | ${policy.shareRoundedTo} % |
| a dimension is withheld if one score holds more than | ${policy.homogeneityPercent} % |
| reliabilities and correlations from n | ${policy.coefficientsFromN} |
| days between cut-offs, at least | ${policy.minDaysBetweenReleases} |
| stamp | ${policy.stamp} |

Withheld figures stand in the tables with an empty value and the flags \`OBS_STATUS\` Q and \`CONF_STATUS\` C. There is one public reason: too few participations, or to protect others. A withheld value is never zero.

A group whose members hardly changed keeps its former figures, byte for byte, with their own \`as_of\` and \`is_carried_forward\`. Compare figures with equal \`as_of\` only; for trends use rows that are not carried forward.

## Provenance

- SHA-256 of the policy: \`${manifest.policyHash}\`
- SHA-256 of the instrument: \`${manifest.instrumentHash}\`
- Version of the code: \`${manifest.codeVersion}\`
`,
    'text/markdown; charset=utf-8',
  );
}
