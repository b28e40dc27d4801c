import type { Group } from '#contracts/group';
import type { Instrument } from '#contracts/instrument';
import type { CellEntry, Manifest } from '#contracts/release';
import type { Lang } from '#contracts/text';
import { groupLabel } from '#views/group-label';
import { progressLines } from '#views/progress-view';
import { type FieldFigures, type FieldGroup, FieldPage } from '#web/pages/field.tsx';
import { askedGroup, choicesOf, readRungs, releasesUpTo, rungsBelow, shownCell } from '../api/asked-figures.ts';
import type { PageInput, PageView } from './page-view.ts';

/** The field: `group` is the group shown, `with` a second one of the same panel beside it. */
export const fieldView: PageView = async (input) => {
  const { lang, query, instrument, manifest } = input;
  if (!manifest) return <FieldPage lang={lang} instrument={instrument} field={null} />;
  const asked = query.get('group') || undefined;
  const wanted = query.get('with') || undefined;
  const shown = await figuresOf(input, manifest, asked ?? 'all');
  const beside = wanted ? await figuresOf(input, manifest, wanted) : null;
  const groupOf = (cell: CellEntry) => fieldGroup(instrument, cell.group, cell.key, lang);
  return (
    <FieldPage
      lang={lang}
      instrument={instrument}
      field={{
        choices: { ...(asked ? { group: asked } : {}), ...(wanted ? { with: wanted } : {}) },
        releaseId: manifest.releaseId,
        cutoffOn: manifest.cutoffOn,
        nextReleaseOn: manifest.nextReleaseOn,
        isDemo: manifest.policy.stamp === 'demo',
        published: manifest.cells.flatMap((cell) =>
          cell.state === 'published' ? [{ ...groupOf(cell), participations: cell.participations }] : [],
        ),
        unpublished: manifest.cells.filter(({ state }) => state === 'suppressed').map(groupOf),
        shown,
        beside: beside && beside.group.panel !== shown.group.panel ? 'other-panel' : beside,
      }}
    />
  );
};

async function figuresOf(
  { lang, instrument, releases, head }: PageInput,
  manifest: Manifest,
  text: string,
): Promise<FieldFigures> {
  const asked = askedGroup(text, instrument);
  const rungs = await readRungs(releases, manifest.releaseId, instrument, rungsBelow(instrument, asked.panel, asked));
  const own = asked.group ? rungs.find(({ key }) => key === asked.key) : undefined;
  const group = { ...(asked.panel === undefined ? {} : { panel: asked.panel }), where: asked.chosen };
  const until = await releasesUpTo(releases, head?.releases ?? [], manifest.releaseId);
  const versions = (await Promise.all(until.map(({ releaseId }) => releases.cell(releaseId, asked.key))))
    .map(shownCell)
    .filter((cell) => cell !== null);
  const change = own?.cell ? await releases.change(manifest.releaseId, asked.key) : undefined;
  const hasProgress = versions.filter(({ isCarriedForward }) => !isCarriedForward).length > 1;
  return {
    group: fieldGroup(instrument, group, asked.key, lang),
    cell: own?.cell ?? null,
    isInCatalogue: asked.group !== null,
    choices: choicesOf(
      rungs.filter(({ key }) => key !== asked.key),
      instrument,
      lang,
    ),
    change: change?.state === 'published' ? change : null,
    progress: hasProgress ? progressLines({ instrument, versions, own: [], lang }).map(({ sentence }) => sentence) : [],
  };
}

function fieldGroup(
  instrument: Instrument,
  group: { panel?: string | undefined; where: Group['where'] },
  key: string,
  lang: Lang,
): FieldGroup {
  return {
    key,
    label: groupLabel(instrument, group, lang),
    panel: groupLabel(instrument, { panel: group.panel, where: {} }, lang),
  };
}
