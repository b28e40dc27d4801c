import { groupKey } from '#contracts/group';
import type { Cell, LeftOut } from '#contracts/release';
import { isPublished, questionOf } from '#contracts/released-cell';
import { bandFrom } from './columns.ts';
import { type DatasetInput, marksInWords, publicCells, publicChanges, releaseTitle } from './dataset-input.ts';
import { type DatasetFile, textFile } from './table.ts';

/** fieldwork.md: how the answers came in. What the operator has not stated is said to be not stated, never guessed. */
export function fieldworkFile(input: DatasetInput): DatasetFile {
  const { manifest, instrument, facts } = input;
  const { channels = [], startedOn, endedOn, returning, nonResponse, pretests } = facts.fieldwork ?? {};
  const dates =
    startedOn || endedOn
      ? `Organisations were asked to take part from ${startedOn ?? '(not stated)'} to ${endedOn ?? '(not stated)'}.`
      : 'When organisations were asked to take part: not stated.';
  return textFile(
    'fieldwork.md',
    `# Fieldwork

${[`${releaseTitle(input, 'en')} (release ${manifest.releaseId}).`, ...marksInWords(input, 'en')].join(' ')}

## Mode

Self-report without names, ${
      instrument.kind === 'questionnaire'
        ? 'filled in online in German or English, or taken over from a partner’s tool or an earlier check'
        : 'as scores from the tools that organisations used'
    }. An organisation may take part at any time; its last submission counts.

## Channels

${channels.length === 0 ? 'Not stated.' : channels.map((channel) => `- ${plain(channel)}`).join('\n')}

## Dates

Submissions count if made in the ${instrument.windowMonths} months up to the cut-off date ${manifest.cutoffOn}, that day included, and in at most ${manifest.policy.releasesPerParticipation} releases. ${dates}

## Returning organisations

${returning ? `${plain(returning)}\n` : ''}${returningOrganisations(input)}${lostCodes(input)}
## Non-response

${nonResponse ? plain(nonResponse) : 'How many organisations were reached, and how those who did not take part differ, is not known. Digitally active organisations may be over-represented.'}

## Left out

${leftOut(input)}

## Pretests

${pretests ? plain(pretests) : 'None stated.'}
`,
    'text/markdown; charset=utf-8',
  );
}

/**
 * Who took part twice within the window, for each group of everybody: the published participations of its matched change
 * beside those of its figures, both in bands.
 */
function returningOrganisations(input: DatasetInput): string {
  const { policy } = input.manifest;
  const changes = new Map(publicChanges(input).map((change) => [change.group.key, change]));
  const lines = everybody(input).map((cell) => {
    const change = changes.get(cell.group.key);
    const words =
      isPublished(cell) && isPublished(change)
        ? `${bandFrom(change.participations, policy)} of ${bandFrom(cell.participations, policy)}`
        : 'suppressed';
    return `- \`${cell.group.key}\`: ${words}\n`;
  });
  return `Organisations of the group that had taken part within the window before, at least six months earlier and under the same return code:

${lines.join('')}`;
}

/** How many organisations are in no figure, for each unit type; drawn and rounded down. */
function leftOut({ manifest, instrument }: DatasetInput): string {
  const { policy } = manifest;
  const about = (from: number) =>
    from === 0 ? `fewer than ${policy.participationsRoundedTo}` : bandFrom(from, policy);
  const lines = manifest.leftOut.map(({ unitType, incomplete, underReview }: LeftOut) => {
    const key = groupKey({ ...(unitType === undefined ? {} : { unitType }), where: {} }, instrument.unitTypeAttribute);
    return `- \`${key}\`: incomplete ${about(incomplete)}, under review ${about(underReview)}\n`;
  });
  return `Organisations in no figure, moved at random like every figure (the true number may lie outside the band):

${lines.join('')}
Incomplete: some dimension has no score, since too few of its items were answered. Under review: the answers looked careless or invented (one level throughout, faster than reading takes, or nearly the same from several organisations) and the operator has not admitted them. Submissions from sources that the operator trusts, and those with a single-use code, are not looked at in this way. The thresholds are part of the policy that the release was made under.`;
}

/** Groups that are not narrowed: one for each unit type. */
function everybody(input: DatasetInput): Cell[] {
  return publicCells(input).filter(({ group }) => Object.keys(group.where).length === 0);
}

/**
 * The question by which organisations say that they come back under a new code: they count twice as long as their former
 * check lies within the window.
 */
const LOST_CODE = { question: 'lost-code', code: 'yes' };

/** The published share of those who lost their code, for each group of everybody; nothing if it was not asked. */
function lostCodes(input: DatasetInput): string {
  const isAsked = input.instrument.questions.some(
    ({ id, codes }) => id === LOST_CODE.question && codes.some((code) => code.id === LOST_CODE.code),
  );
  if (!isAsked) return '';
  const lines = everybody(input).map((cell) => {
    const figures = isPublished(cell) ? questionOf(cell, LOST_CODE.question) : null;
    const share = figures?.shares[LOST_CODE.code];
    return `- \`${cell.group.key}\`: ${share === undefined ? 'suppressed' : `about ${share} %`}`;
  });
  return `
Organisations that took part before and can no longer find their return code take part under a new one, and count twice while their former check lies within the window. Of those who answered this question, so many said that this is their case:

${lines.join('\n')}
`;
}

/** One line of text; characters that Markdown or HTML would read are escaped. */
export function plain(text: string): string {
  return text
    .replaceAll(/\s+/g, ' ')
    .trim()
    .replaceAll(/[\\`*_[\]<>#|]/g, '\\$&');
}
