import type { Instrument, ProfileAttribute } from '#contracts/instrument';
import type { Cell, CellEntry, Change, Manifest } from '#contracts/release';
import type { Statements } from '#contracts/statements';

/**
 * All that the files of a release are made of: what the public routes show of it, the instrument, and what the operator
 * states about it. No exact count and no answer is within reach, so that no file can hold an unreleased figure.
 */
export interface DatasetInput {
  manifest: Manifest;
  cells: readonly Cell[];
  /** Matched change of the same groups. */
  changes: readonly Change[];
  instrument: Instrument;
  facts: OperatorFacts;
}

/** What only the operator can know. Left out means "not stated", which the files then say. */
export interface OperatorFacts extends Statements {
  /** Day of publication, `YYYY-MM-DD`. */
  publishedOn: string;
  /** Who answers for the release and is cited as its author. */
  publisher: { name: string; url?: string; email?: string };
  /** Address of the service, e.g. `https://example.org`; without it, links are relative to the files. */
  serviceUrl?: string;
  /** URI of the place described, e.g. of the EU's country authority table. */
  placeUri?: string;
  /** URI of a theme of the EU's data-theme authority table; population and society if absent. */
  themeUri?: string;
  /** The series' former releases, newest first. */
  history?: readonly FormerRelease[];
  /** Of an erratum of words or files: the release whose drawn figures it repeats. */
  copies?: string;
}

export interface FormerRelease {
  releaseId: string;
  cutoffOn: string;
  replaces: string | null;
  copies?: string;
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
export function publicChanges({ manifest, changes }: Pick<DatasetInput, 'manifest' | 'changes'>): Change[] {
  return listed(manifest.changes, changes);
}

function listed<Shown extends Cell | Change>(entries: readonly CellEntry[], shown: readonly Shown[]): Shown[] {
  const byKey = new Map(shown.map((one) => [one.group.key, one]));
  return entries
    .filter((entry) => entry.group.association === undefined)
    .map(({ group, state }) => {
      const one = byKey.get(group.key);
      if (one?.state !== state) throw new Error(`manifest and cells disagree on the group ${group.key}`);
      return one;
    });
}

/** The profile attributes that groups are made of: the unit type attribute, then those of the catalogue, in profile order. */
export function groupAttributes(instrument: Instrument): ProfileAttribute[] {
  const used = new Set([
    instrument.unitTypeAttribute,
    ...instrument.catalogue.flat().map(({ attribute }) => attribute),
  ]);
  return instrument.profile.filter(({ id }) => used.has(id));
}

/** Title of the release in a language; invented data say so first, and real figures never. */
export function releaseTitle({ manifest, instrument }: DatasetInput, lang: 'de' | 'en'): string {
  const { isInvented } = manifest.marks;
  if (lang === 'de')
    return `${isInvented ? 'Erfundene Beispieldaten: ' : ''}${instrument.title.de}: veröffentlichte Werte zum Stichtag ${manifest.cutoffOn}`;
  return `${isInvented ? 'Invented sample data: ' : ''}${instrument.title.en}: published figures as of ${manifest.cutoffOn}`;
}

export function releaseDescription(input: DatasetInput, lang: 'de' | 'en'): string {
  const { title } = input.instrument;
  const start =
    lang === 'de'
      ? `Verteilung der Ergebnisse von „${title.de}“ nach Vergleichsgruppen. Die Teilnehmenden haben sich selbst entschieden mitzumachen; sie sind keine Zufallsstichprobe. Jeder Wert wurde zum Schutz vor der Veröffentlichung einmal zufällig verschoben. Kleine Gruppen und solche, die sich kaum von einer größeren unterscheiden, sind nicht veröffentlicht und als solche gekennzeichnet.`
      : `Distribution of the results of “${title.en}” by comparison group. Participants chose to take part; they are not a random sample. To protect them, every figure was moved once at random before it was published. Small groups, and groups that hardly differ from a larger one, are suppressed and flagged as such.`;
  return [...marksInWords(input, lang), start].join(' ');
}

/** What sets a release apart from one of real data, one sentence for each of its marks; empty for real data. */
export function marksInWords({ manifest }: Pick<DatasetInput, 'manifest'>, lang: 'de' | 'en'): string[] {
  const { isInvented, isTrial, hasKnownKey } = manifest.marks;
  const say = (isMarked: boolean, de: string, en: string) => (isMarked ? [lang === 'de' ? de : en] : []);
  return [
    ...say(isInvented, 'Alle Angaben sind erfunden.', 'Everything in it is invented.'),
    ...say(
      isTrial,
      'Sie ist zur Probe gemacht: Stichtage liegen beliebig nah beieinander.',
      'It was made for trial: cut-offs lie at any distance.',
    ),
    ...say(
      hasKnownKey,
      'Sie ist mit einem bekannten Schlüssel gezogen: Wer ihn hat, kann die Verschiebung der Werte zurückrechnen.',
      'It was drawn with a known key: whoever has it can work out how figures were moved.',
    ),
  ];
}

/** Link to a file of the release: absolute where the service's address is known, else relative to the other files. */
export function fileUrl({ manifest, facts }: DatasetInput, name: string): string {
  return facts.serviceUrl ? `${facts.serviceUrl}/v1/releases/${manifest.releaseId}/files/${name}` : name;
}

/** The address that stands for the release as a whole. */
export function landingPage(input: DatasetInput): string {
  return fileUrl(input, '').replace(/\/files\/$/, '');
}
