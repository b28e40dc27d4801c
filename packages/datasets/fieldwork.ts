import { type DatasetInput, releaseTitle } from './release.ts';
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

${returning ? plain(returning) : 'The share of organisations that had taken part before is not published in this release.'}

## Non-response

${nonResponse ? plain(nonResponse) : 'How many organisations were reached, and how those who did not take part differ, is not known. Digitally active organisations may be over-represented.'}

## Pretests

${pretests ? plain(pretests) : 'None stated.'}
`,
    'text/markdown; charset=utf-8',
  );
}

/** One line of text; characters that Markdown or HTML would read are escaped. */
export function plain(text: string): string {
  return text
    .replaceAll(/\s+/g, ' ')
    .trim()
    .replaceAll(/[\\`*_[\]<>#|]/g, '\\$&');
}
