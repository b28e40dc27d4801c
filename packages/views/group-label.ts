import { findCode } from '#contracts/code-list';
import type { Instrument, ProfileAttribute } from '#contracts/instrument';
import type { Lang } from '#contracts/text';

/**
 * A group in running text: "Einrichtungen der Altenhilfe und Pflege mit 50 bis 249 Beschäftigten".
 *
 * The instrument says how the organisations of each code are called ("Organisationen der Altenhilfe"). Those names begin
 * with the instrument's own word for them, which gives way to the unit type's ("Einrichtungen"), and the rest is strung
 * together in the catalogue's order. A code without such a name stands behind in brackets with its label. An association's
 * members are called so: "Einrichtungen der Altenhilfe Ihres Verbands".
 */
export function groupLabel(
  instrument: Instrument,
  group: { unitType?: string | undefined; where: Record<string, string>; association?: string | undefined },
  lang: Lang,
): string {
  const general = instrument.organisations[lang];
  const unitType = codeOf(instrument, instrument.unitTypeAttribute ?? '', group.unitType ?? '');
  const tails: string[] = [];
  const labels: string[] = [];
  for (const [attribute, id] of Object.entries(group.where)) {
    const code = codeOf(instrument, attribute, id);
    const name = code?.organisations?.[lang];
    if (name?.startsWith(`${general} `)) tails.push(name.slice(general.length + 1));
    else labels.push(name ?? code?.label[lang] ?? id);
  }
  const members = group.association === undefined ? [] : [lang === 'de' ? 'Ihres Verbands' : 'in your association'];
  const named = [unitType?.organisations?.[lang] ?? general, ...tails, ...members].join(' ');
  return labels.length === 0 ? named : `${named} (${labels.join(', ')})`;
}

/** A code of any level: broader ones have names of their own. */
function codeOf(instrument: Instrument, attribute: string, id: string): ProfileAttribute['codes'][number] | undefined {
  const list = instrument.profile.find((entry) => entry.id === attribute);
  return list && findCode(list, id);
}
