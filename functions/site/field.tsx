import { unitTypesOf } from '#contracts/group';
import type { Manifest } from '#contracts/release';
import { isPublished } from '#contracts/released-cell';
import { scoredIds } from '#contracts/scored-ids';
import { groupChange } from '#standing/compare-change';
import { allGroupFigures } from '#standing/own-standing';
import { progressLines } from '#views/progress-view';
import { type FieldFigures, FieldPage } from '#web/pages/field.tsx';
import { askedGroup, publicGroup, releasesUpTo, versionsOf } from '../api/asked-figures.ts';
import { overviewGroups } from '../api/overview.ts';
import type { PageInput, PageView } from './page-view.ts';

/** The field: `group` is the group shown, `with` a second one of the same unit type beside it. */
export const fieldView: PageView = async (input) => {
  const { lang, query, instrument, manifest } = input;
  if (!manifest) return <FieldPage lang={lang} instrument={instrument} field={null} />;
  const asked = query.get('group') || undefined;
  const wanted = query.get('with') || undefined;
  const shown = await figuresOf(input, manifest, asked ?? 'all');
  const beside = wanted ? await figuresOf(input, manifest, wanted) : null;
  return (
    <FieldPage
      lang={lang}
      instrument={instrument}
      field={{
        choices: { ...(asked ? { group: asked } : {}), ...(wanted ? { with: wanted } : {}) },
        manifest,
        origin: input.origin,
        today: input.today,
        shown,
        overview: wanted ? null : await overviewFor(input, manifest, shown.group),
        beside: beside && beside.group.unitType !== shown.group.unitType ? 'other-unit-type' : beside,
      }}
    />
  );
};

/** All groups stand beside the widest one: whoever asked for another has chosen. */
async function overviewFor(
  { query, instrument, releases }: PageInput,
  manifest: Manifest,
  { unitType, where }: FieldFigures['group'],
) {
  if (Object.keys(where).length > 0) return null;
  const { groups } = await overviewGroups(instrument, manifest, unitType, releases);
  const asked = query.get('dimension');
  const dimension = instrument.dimensions.find(({ id }) => id === asked) ?? instrument.dimensions[0]!;
  const others = unitTypesOf(instrument).flatMap((other) => {
    const key = other !== unitType && manifest.cells.find(({ group }) => group.unitType === other)?.group.key;
    return key && other !== undefined ? [{ key, unitType: other }] : [];
  });
  return { unitType, groups, dimension: dimension.id, others };
}

async function figuresOf(
  { lang, instrument, releases }: PageInput,
  manifest: Manifest,
  text: string,
): Promise<FieldFigures> {
  const asked = askedGroup(text, instrument);
  const { alternatives } = publicGroup(instrument, manifest, asked);
  const { unitTypeAttribute, scoreStep } = instrument;
  const history = await releasesUpTo(releases, manifest);
  const { versions } = await versionsOf(history, (releaseId) => releases.cell(releaseId, asked.key));
  const cell = versions.at(-1)?.cell ?? null;
  const change = cell ? await releases.change(manifest.releaseId, asked.key) : undefined;
  return {
    group: {
      key: asked.key,
      unitType: unitTypeAttribute === undefined ? undefined : asked.codes[unitTypeAttribute],
      where: Object.fromEntries(Object.entries(asked.codes).filter(([attribute]) => attribute !== unitTypeAttribute)),
    },
    published: cell && { cell, figures: allGroupFigures(instrument, cell, manifest.policy) },
    isInCatalogue: asked.group !== null,
    choices: alternatives.map(({ key, group }) => ({ ...group, key })),
    change: isPublished(change)
      ? {
          participations: change.participations,
          dimensions: Object.fromEntries(
            scoredIds(instrument).map((id) => [id, groupChange(change, id, { ...manifest.policy, step: scoreStep })]),
          ),
        }
      : null,
    progress:
      versions.filter((version) => version.cell !== null).length > 1
        ? progressLines({ instrument, versions, own: [], lang }).map(({ sentence }) => sentence)
        : [],
  };
}
