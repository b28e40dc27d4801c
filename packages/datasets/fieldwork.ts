import { type DatasetInput, publicCells, publicChanges, releaseTitle } from './release.ts';
import { type DatasetFile, textFile } from './table.ts';

/** fieldwork.md: how the answers came in. What the operator has not stated is said to be not stated, never guessed. */
export function fieldworkFile(input: DatasetInput): DatasetFile {
  const { manifest, instrument, facts } = input;
  const { channels = [], startedOn, endedOn, returning, nonResponse, pretests } = facts.fieldwork ?? {};
  const dates =
    startedOn || endedOn
      ? `Organisations were invited from ${startedOn ?? '(not stated)'} to ${endedOn ?? '(not stated)'}.`
      : 'When organisations were invited: not stated.';
  return textFile(
    'fieldwork.md',
    `# Fieldwork

${releaseTitle(input, 'en')} (release ${manifest.releaseId}).

## Mode

Self-report without names, ${
      instrument.kind === 'questionnaire'
        ? 'filled in online in German or English, or taken over from a partner’s tool or an earlier check'
        : 'as scores from the tools that organisations used'
    }. An organisation may take part at any time; its last submission counts.

## Channels

${channels.length === 0 ? 'Not stated.' : channels.map((channel) => `- ${plain(channel)}`).join('\n')}

## Dates

Submissions count if made in the ${instrument.panelMonths} months up to the cut-off date ${manifest.cutoffOn}, that day included. ${dates}

## Returning organisations

${returning ? `${plain(returning)}\n` : ''}${returningOrganisations(input)}${lostCodes(input)}
## Non-response

${nonResponse ? plain(nonResponse) : 'How many organisations were reached, and how those who did not take part differ, is not known. Digitally active organisations may be over-represented.'}

## Review

${heldBack(input)}

## Pretests

${pretests ? plain(pretests) : 'None stated.'}
`,
    'text/markdown; charset=utf-8',
  );
}

/**
 * Who took part twice within the window, for each group of everybody: the published participations of its matched change
 * beside those of its figures, both in bands, and only where both are of one date.
 */
function returningOrganisations(input: DatasetInput): string {
  const step = input.manifest.policy.participationsRoundedTo;
  const band = (from: number) => `${from} to ${from + step - 1}`;
  const changes = new Map((input.changes ? publicChanges(input) : []).map((change) => [change.group.key, change]));
  const lines = publicCells(input)
    .filter(({ group }) => Object.keys(group.where).length === 0)
    .map((cell) => {
      const change = changes.get(cell.group.key);
      const isKnown = cell.state === 'published' && change?.state === 'published' && cell.asOf === change.asOf;
      const words = isKnown
        ? `${band(change.participations)} of ${band(cell.participations)}, as of ${cell.asOf}`
        : 'withheld, or not of one date';
      return `- \`${cell.group.key}\`: ${words}\n`;
    });
  return `Organisations of the group that had taken part before within the window, under the same return code:

${lines.join('')}`;
}

/** How many open submissions were left out, coarsely. */
function heldBack({ manifest }: DatasetInput): string {
  if (!manifest.heldBack) return 'No submissions were held back for review.';
  const { heldBack } = manifest;
  const words = heldBack.state === 'counted' ? `${heldBack.atLeast} to ${heldBack.atLeast + 4}` : 'Fewer than 10';
  return `${words} open submissions are left out because their answers looked careless or invented (one level throughout, faster than reading takes, or nearly the same from several organisations) and the operator has not admitted them. The thresholds are part of the policy that the release was made under.`;
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
  const lines = publicCells(input)
    .filter(({ group }) => Object.keys(group.where).length === 0)
    .map((cell) => {
      const figures = cell.state === 'published' ? cell.questions[LOST_CODE.question] : undefined;
      const share = figures?.state === 'published' ? figures.shares[LOST_CODE.code] : undefined;
      const words = typeof share === 'number' ? `about ${share} %` : share?.replace('-', ' ');
      return `- \`${cell.group.key}\`: ${words ?? 'withheld'}${cell.state === 'published' ? `, as of ${cell.asOf}` : ''}`;
    });
  return `
Organisations that took part before and can no longer find their return code take part under a new one, and count twice while their former check lies within the window. Of all participations, so many said that this is their case:

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
