import type { DatasetInput } from './dataset-input.ts';
import { plain } from './fieldwork.ts';
import { type DatasetFile, textFile } from './table.ts';

/** CHANGELOG.md: this release and those before it, errata named with what they replace. */
export function changelogFile({ manifest, facts }: DatasetInput): DatasetFile {
  const { releaseId, cutoffOn, replaces, follows } = manifest;
  const replaced = new Map(
    [{ releaseId, replaces }, ...(facts.history ?? [])].flatMap((release) =>
      release.replaces ? [[release.replaces, release.releaseId] as const] : [],
    ),
  );
  const former = (facts.history ?? [])
    .map((release) => {
      const by = replaced.get(release.releaseId);
      const words = [
        `${release.releaseId}, as of ${release.cutoffOn}`,
        ...(release.replaces ? [`erratum, replaces ${release.replaces}`] : []),
        ...(release.copies ? ['with its figures'] : []),
        ...(by ? [`replaced by ${by}`] : []),
      ];
      return `- ${words.join('; ')}`;
    })
    .join('\n');
  const erratum = replaces
    ? `\nErratum: replaces ${replaces}. ${facts.erratum ? plain(facts.erratum) : 'What was wrong there has not been stated.'} ${facts.copies ? `The figures are those drawn for ${facts.copies}, unchanged.` : 'The figures were drawn anew.'}\n`
    : '';
  return textFile(
    'CHANGELOG.md',
    `# Changelog

The bytes of a release never change. A correction is a new release that names the one it replaces.

## ${releaseId}

As of ${cutoffOn}, published on ${facts.publishedOn}. ${follows ? `Follows ${follows}.` : 'The first release of this series.'}
${erratum}
## Former releases

${former === '' ? (follows ? 'Not listed here.' : 'None.') : former}
`,
    'text/markdown; charset=utf-8',
  );
}
