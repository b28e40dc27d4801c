import type { Cell, CellEntry, Change } from '#contracts/release';
import { csvFile } from './csv.ts';
import { cumulativeTable } from './cumulative.ts';
import type { DatasetInput } from './dataset-input.ts';
import type { DatasetFile } from './table.ts';

/**
 * An association's released cells and changes as one long table, with the columns of `all-releases.csv`: for the
 * association alone, since no public file holds them.
 */
export function membersFile(given: Omit<DatasetInput, 'facts'>): DatasetFile {
  const { manifest, cells, changes } = given;
  const own = { ...manifest, cells: cells.map(entryOf), changes: changes.map(entryOf) };
  // What the operator states stands in no table.
  const facts = { publishedOn: manifest.cutoffOn, publisher: { name: '' } };
  return csvFile({ ...cumulativeTable([{ ...given, manifest: own, facts }]), name: 'members' });
}

const entryOf = (shown: Cell | Change): CellEntry =>
  shown.state === 'suppressed'
    ? shown
    : { group: shown.group, state: 'published', participations: shown.participations };
