import type { Instrument } from '#contracts/instrument';
import type { Manifest } from '#contracts/release';
import type { Lang } from '#contracts/text';
import type { OverviewGroup } from '#standing/overview';
import { groupLabel } from '#views/group-label';
import { overviewView, shortLabel } from '#views/overview-view';
import { dimensionTitle, wholeNumber } from '#views/standing-words';
import { Picture } from '../components/picture.tsx';
import { Table } from '../components/table.tsx';
import { pathTo } from '../site-map.ts';
import { words } from '../words.ts';
import { PictureFiles } from './picture-files.tsx';

export interface FieldOverviewProps {
  lang: Lang;
  instrument: Instrument;
  manifest: Manifest;
  unitType: string | undefined;
  groups: OverviewGroup[];
  /** What a phone shows. */
  dimension: string;
  /** The other unit types, each by the key of its widest group. */
  others: { key: string; unitType: string }[];
}

/** Every published group of a unit type, one below the other, each with the way into it. */
export function FieldOverview(given: FieldOverviewProps) {
  const { lang, instrument, manifest, unitType, groups, dimension, others } = given;
  const text = WORDS[lang];
  const address = (suffix: string, more: Record<string, string> = {}) => {
    const query = { ...(unitType === undefined ? {} : { unitType }), dimension, lang, ...more };
    return `/v1/releases/${manifest.releaseId}/overview.${suffix}?${new URLSearchParams(query)}`;
  };
  const field = (query: Record<string, string>) => `${pathTo('field', lang)}?${new URLSearchParams(query)}`;
  const all = groups[0]?.cell.group.key;
  const { alternative } = overviewView({ instrument, unitType, groups, release: manifest, dimension, lang });
  return (
    <section aria-labelledby="overview" class="overview">
      <h2 id="overview">{text.title(groupLabel(instrument, { unitType, where: {} }, lang))}</h2>
      <p>
        {text.lead}{' '}
        {others.map((other) => (
          <a key={other.key} href={field({ group: other.key })}>
            {text.other(groupLabel(instrument, { unitType: other.unitType, where: {} }, lang))}
          </a>
        ))}
      </p>
      {/* A phone shows one dimension at a time. */}
      <ul class="overview__tabs no-print">
        {instrument.dimensions.map(({ id, title }) => (
          <li key={id}>
            <a
              href={`${field({ ...(all ? { group: all } : {}), dimension: id })}#overview`}
              aria-current={id === dimension ? 'true' : undefined}
            >
              {title[lang]}
            </a>
          </li>
        ))}
      </ul>
      <Picture src={address('svg', { setting: 'page' })} alt={alternative} />
      <PictureFiles lang={lang} says={text.save} address={address} name={text.file} />
      <Table
        caption={text.caption}
        columns={[text.group, text.n, ...instrument.dimensions.map(({ id }) => dimensionTitle(instrument, id, lang))]}
        rows={groups.map((group) => [
          <a
            key={group.cell.group.key}
            class={`overview__group overview__group--${Math.min(group.depth, 3)}`}
            href={field({ group: group.cell.group.key })}
            aria-label={`${shortLabel(instrument, group, lang)}: ${groupLabel(instrument, group.cell.group, lang)}`}
          >
            {shortLabel(instrument, group, lang)}
          </a>,
          wholeNumber(group.cell.participations, lang),
          ...instrument.dimensions.map(({ id }) => {
            const { median, interval } = group.middles[id]!;
            return interval ? `${median} (${interval.lower}–${interval.upper})` : `${median}`;
          }),
        ])}
      />
    </section>
  );
}

const WORDS = words({
  de: {
    title: (all: string) => `Alle Gruppen: ${all}`,
    lead: 'Die Mitte jeder veröffentlichten Gruppe und, ab rund 50, zwischen welchen Punkten sie zu 95\u00a0% liegt. In der Reihenfolge des Checks, keine Rangliste.',
    other: (all: string) => `Zu den Gruppen: ${all}`,
    save: 'Überblick sichern als',
    file: 'sektorspiegel-ueberblick',
    caption: 'Mitte in Punkten, mit Spanne; jede Zeile führt zu ihrer Gruppe',
    group: 'Gruppe',
    n: 'Rund',
  },
  en: {
    title: (all: string) => `All groups: ${all}`,
    lead: 'The middle of every published group and, from around 50 on, between which points it lies, 95% sure. In the order of the check, not a ranking.',
    other: (all: string) => `To the groups: ${all}`,
    save: 'Save the overview as',
    file: 'sektorspiegel-overview',
    caption: 'Middle in points, with its range; each row leads to its group',
    group: 'Group',
    n: 'Around',
  },
});
