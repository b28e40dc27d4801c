import type { Instrument } from '#contracts/instrument';
import type { GroupRef, Manifest } from '#contracts/release';
import { isPublished } from '#contracts/released-cell';
import { scoredIds } from '#contracts/scored-ids';
import type { Lang } from '#contracts/text';
import { groupChange } from '#standing/compare-change';
import { groupFigures } from '#standing/own-standing';
import { groupLabel } from '#views/group-label';
import { progressLines } from '#views/progress-view';
import { type FieldFigures, type FieldGroup, FieldPage } from '#web/pages/field.tsx';
import { askedGroup, publicGroup, releasesUpTo, versionsOf } from '../api/asked-figures.ts';
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
        releaseId: manifest.releaseId,
        cutoffOn: manifest.cutoffOn,
        nextReleaseOn: manifest.nextReleaseOn,
        marks: manifest.marks,
        itemsFromN: manifest.policy.itemsFromN,
        published: manifest.cells.flatMap((cell) =>
          cell.state === 'published'
            ? [{ ...fieldGroup(instrument, cell.group, lang), participations: cell.participations }]
            : [],
        ),
        unpublished: manifest.cells
          .filter(({ state }) => state === 'suppressed')
          .map(({ group }) => fieldGroup(instrument, group, lang)),
        shown,
        beside: beside && beside.group.unitType !== shown.group.unitType ? 'other-unit-type' : beside,
      }}
    />
  );
};

async function figuresOf(
  { lang, instrument, releases }: PageInput,
  manifest: Manifest,
  text: string,
): Promise<FieldFigures> {
  const asked = askedGroup(text, instrument);
  const { alternatives } = publicGroup(instrument, manifest, asked);
  const { unitTypeAttribute } = instrument;
  const group = {
    key: asked.key,
    unitType: unitTypeAttribute === undefined ? undefined : asked.codes[unitTypeAttribute],
    where: Object.fromEntries(Object.entries(asked.codes).filter(([attribute]) => attribute !== unitTypeAttribute)),
  };
  const history = await releasesUpTo(releases, manifest);
  const { versions } = await versionsOf(history, (releaseId) => releases.cell(releaseId, asked.key));
  const cell = versions.at(-1)?.cell ?? null;
  const change = cell ? await releases.change(manifest.releaseId, asked.key) : undefined;
  const byDimension = <Figures,>(of: (dimension: string) => Figures) =>
    Object.fromEntries(scoredIds(instrument).map((dimension) => [dimension, of(dimension)]));
  const { policy } = manifest;
  const { scoreStep } = instrument;
  return {
    group: fieldGroup(instrument, group, lang),
    published: cell && {
      cell,
      figures: byDimension((dimension) => groupFigures(cell, dimension, policy, scoreStep)),
    },
    isInCatalogue: asked.group !== null,
    choices: alternatives.map((offer) => ({ key: offer.key, label: groupLabel(instrument, offer.group, lang) })),
    change: isPublished(change)
      ? {
          participations: change.participations,
          dimensions: byDimension((dimension) => groupChange(change, dimension, policy, scoreStep)),
        }
      : null,
    progress:
      versions.filter((version) => version.cell !== null).length > 1
        ? progressLines({ instrument, versions, own: [], lang }).map(({ sentence }) => sentence)
        : [],
  };
}

function fieldGroup(
  instrument: Instrument,
  { key, unitType, where }: Pick<GroupRef, 'key' | 'unitType' | 'where'>,
  lang: Lang,
): FieldGroup {
  return {
    key,
    label: groupLabel(instrument, { unitType, where }, lang),
    unitType: groupLabel(instrument, { unitType, where: {} }, lang),
  };
}
