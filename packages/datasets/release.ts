import type { Instrument, ProfileAttribute } from '#contracts/instrument';
import type { Cell, CellEntry, Change, Manifest } from '#contracts/release';
import type { Statements } from '#contracts/statements';

/**
 * All that the files of a release are made of: what the public routes show of it, the instrument, and what the operator
 * states about it. No count, ledger or answer is within reach, so that no file can hold an unreleased figure.
 */
export interface DatasetInput {
  manifest: Manifest;
  cells: readonly Cell[];
  /** Matched change of the groups; absent in releases from before it was published. */
  changes?: readonly Change[];
  instrument: Instrument;
  facts: OperatorFacts;
}

/** What only the operator can know. Left out means "not stated", which the files then say. */
export interface OperatorFacts extends Statements {
  /** Day of publication, `YYYY-MM-DD`; fixed in the plan, so that a second attempt ends in the same bytes. */
  publishedOn: string;
  /** Who answers for the release and is cited as its author. */
  publisher: { name: string; url?: string; email?: string };
  /** Address of the service, e.g. `https://example.org`; without it, links are relative to the files. */
  serviceUrl?: string;
  /** URI of the place described, e.g. of the EU's country authority table. */
  placeUri?: string;
  /** URI of a theme of the EU's data-theme authority table; population and society if absent. */
  themeUri?: string;
  /** The panel's former releases, newest first. */
  history?: readonly FormerRelease[];
}

export interface FormerRelease {
  releaseId: string;
  cutoffOn: string;
  replaces: string | null;
}

/**
 * The cells of a release as its manifest lists them, in that order. An association's cells are not public and are left
 * out.
 *
 * @throws Error when the manifest and the cells disagree: such a release may not be written
 */
export function publicCells({ manifest, cells }: Pick<DatasetInput, 'manifest' | 'cells'>): Cell[] {
  return listed(manifest.cells, cells);
}

/** The matched changes as the manifest lists them, in that order; those of an association's members are left out. */
export function publicChanges({ manifest, changes = [] }: Pick<DatasetInput, 'manifest' | 'changes'>): Change[] {
  return listed(manifest.changes ?? [], changes);
}

function listed<Shown extends Cell | Change>(entries: readonly CellEntry[], shown: readonly Shown[]): Shown[] {
  const byKey = new Map(shown.map((one) => [one.group.key, one]));
  return entries
    .filter((entry) => entry.group.cohort === undefined)
    .map((entry) => {
      const one = byKey.get(entry.key);
      if (one?.state !== entry.state) throw new Error(`manifest and cells disagree on the group ${entry.key}`);
      return one;
    });
}

/** The profile attributes that groups are made of: the panel attribute, then those of the catalogue, in profile order. */
export function groupAttributes(instrument: Instrument): ProfileAttribute[] {
  const used = new Set([instrument.panelAttribute, ...instrument.catalogue.flat()]);
  return instrument.profile.filter(({ id }) => used.has(id));
}

/** Title of the release in a language; invented data say so first. */
export function releaseTitle({ manifest, instrument }: DatasetInput, lang: 'de' | 'en'): string {
  const isDemo = manifest.policy.stamp === 'demo';
  if (lang === 'de')
    return `${isDemo ? 'DEMO mit erfundenen Daten: ' : ''}${instrument.title.de}: veröffentlichte Werte zum Stichtag ${manifest.cutoffOn}`;
  return `${isDemo ? 'DEMO with invented data: ' : ''}${instrument.title.en}: published figures as of ${manifest.cutoffOn}`;
}

export function releaseDescription({ manifest, instrument }: DatasetInput, lang: 'de' | 'en'): string {
  const isDemo = manifest.policy.stamp === 'demo';
  if (lang === 'de')
    return `${isDemo ? 'Alle Angaben sind erfunden. ' : ''}Verteilung der Ergebnisse von „${instrument.title.de}“ nach Gruppen. Die Teilnehmenden haben sich selbst entschieden mitzumachen; sie sind keine Zufallsstichprobe. Werte kleiner oder erschließbarer Gruppen sind zum Schutz nicht veröffentlicht und als solche gekennzeichnet.`;
  return `${isDemo ? 'Everything in it is invented. ' : ''}Distribution of the results of “${instrument.title.en}” by group. Participants chose to take part; they are not a random sample. Figures of small groups, and of groups that could be worked out from others, are withheld and flagged as such.`;
}

/** Link to a file of the release: absolute where the service's address is known, else relative to the other files. */
export function fileUrl({ manifest, facts }: DatasetInput, name: string): string {
  return facts.serviceUrl ? `${facts.serviceUrl}/v1/releases/${manifest.releaseId}/files/${name}` : name;
}
