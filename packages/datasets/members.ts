import type { Cell, CellEntry, Change } from '#contracts/release';
import { csvFile } from './csv.ts';
import { cumulativeTable } from './cumulative.ts';
import type { DatasetInput } from './dataset-input.ts';
import type { DatasetFile } from './table.ts';

/**
 * An association's released cells and changes as one long table, with the columns of `all-releases.csv`: for the
 * association alone, since no public file holds them.
 */
export function membersFile({ manifest, instrument, ...given }: Omit<DatasetInput, 'facts'>): DatasetFile {
  const [cells, changes] = [given.cells.map(asPublic), given.changes.map(asPublic)];
  const own = { ...manifest, cells: cells.map(entryOf), changes: changes.map(entryOf) };
  // What the operator states stands in no table.
  const facts = { publishedOn: manifest.cutoffOn, publisher: { name: '' } };
  return csvFile({ ...cumulativeTable([{ manifest: own, cells, changes, instrument, facts }]), name: 'members' });
}

/** Tables leave out what is an association's; only the key still says it here. */
function asPublic<Shown extends Cell | Change>({ group: { association: _, ...group }, ...shown }: Shown): Shown {
  return { ...shown, group } as unknown as Shown;
}

const entryOf = (shown: Cell | Change): CellEntry =>
  shown.state === 'suppressed'
    ? shown
    : { group: shown.group, state: 'published', participations: shown.participations };
