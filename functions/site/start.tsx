import { POLICY } from '#disclosure/policy';
import { groupLabel } from '#views/group-label';
import { nextReleaseWords } from '#views/release-words';
import { wholeNumber } from '#views/standing-words';
import { StartPage } from '#web/pages/start.tsx';
import { EXAMPLE_PATHS, exampleInWords, isWhole } from './example.ts';
import type { PageView } from './page-view.ts';

export const startView: PageView = async (input) => {
  const { lang, instrument, manifest, today } = input;
  const published = manifest?.cells.filter((cell) => cell.state === 'published') ?? [];
  return (
    <StartPage
      lang={lang}
      minimum={(manifest?.policy ?? POLICY).minParticipations}
      itemCount={instrument.items.length}
      dimensions={instrument.dimensions.map(({ title }) => title[lang])}
      inForce={
        manifest
          ? {
              cutoffOn: manifest.cutoffOn,
              next: nextReleaseWords(manifest.nextReleaseOn, today, lang),
              marks: manifest.marks,
              participations: published
                .filter(({ group }) => isWhole(group))
                .map(
                  ({ group, participations }) =>
                    `${wholeNumber(participations, lang)} ${groupLabel(instrument, group, lang)}`,
                ),
              groups: published.length,
            }
          : null
      }
      example={{ ...(await exampleInWords(input)), src: EXAMPLE_PATHS[lang] }}
    />
  );
};
