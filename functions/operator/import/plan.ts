import type { Instrument } from '#contracts/instrument';
import type { LocalText } from '#contracts/text';
import { scoresOf } from '#microdata/score';
import { canonicalJson, sha256Hex } from '#store/hashes';
import type { Header } from './header.ts';
import { comparableKey } from './keys.ts';
import { inBatches, lineKey, Pending, type PlanStore, rejectKey, rowKey } from './plan-store.ts';
import { NOTHING_SENT, Refusal } from './refusal.ts';
import { type ReadRow, type Reject, rejectOf, rowReader } from './row.ts';
import { emptySummary, type ImportSummary } from './summary.ts';
import type { Table } from './table.ts';

/** What to do with a key that differs from another by no more than a spreadsheet changes. */
export interface SameOrNew {
  /** For all of them. */
  all?: 'same' | 'new';
  /** For single keys, as they are listed. */
  keys: ReadonlyMap<string, 'same' | 'new'>;
}

export interface PlanRequest {
  instrument: Instrument;
  header: Header;
  always: Record<string, string>;
  today: string;
  sameOrNew: SameOrNew;
}

/** How many rows are looked up and written at once. */
const BATCH = 500;
/** So many pairs of keys are listed. */
const PAIRS_LISTED = 50;
const REPEATS_LISTED = 5;

interface Pair {
  line: number;
  key: string;
  other: string;
}

/** What planning adds up beside the summary. */
interface Found {
  summary: ImportSummary;
  pairs: Pair[];
  pairCount: number;
  cleaned: { count: number; first?: { line: number; key: string } };
}

/**
 * Reads every row of a table, and queues those that can be sent; decides nothing that would have to be taken back, so a
 * dry run ends after it. Memory does not grow with the rows.
 *
 * @throws Refusal listing the keys that may be organisations met before, unless `sameOrNew` says which they are
 */
export async function planRows(
  table: Table,
  store: PlanStore,
  request: PlanRequest,
  say: (text: LocalText) => void,
): Promise<ImportSummary> {
  const found: Found = { summary: emptySummary(), pairs: [], pairCount: 0, cleaned: { count: 0 } };
  const readRow = rowReader(request.instrument, request.header, request);
  for await (const batch of inBatches(table.rows(), BATCH)) {
    const read = batch.filter(({ line }) => line > request.header.line).map(readRow);
    found.summary.rows += read.length;
    const pending = new Pending(store);
    for (const rejects of read) if (Array.isArray(rejects)) addRejects(pending, store, rejects);
    const rows = read.filter((row): row is ReadRow => !Array.isArray(row));
    await nameOrganisations(rows, { store, pending, request, found });
    await queueRows(rows, { store, pending, request, found });
    await pending.write();
  }
  const isUndecided = found.pairCount > 0;
  if (found.cleaned.first) say(cleanedKeys(found.cleaned.count, found.cleaned.first));
  if (table.fault) throw isUndecided ? table.fault.and(undecided(found)) : table.fault;
  if (isUndecided) throw undecided(found);
  return found.summary;
}

interface Work {
  store: PlanStore;
  pending: Pending;
  request: PlanRequest;
  found: Found;
}

function addRejects(pending: Pending, { rejects }: PlanStore, found: readonly Reject[]): void {
  for (const [place, reject] of found.entries()) pending.put(rejects, rejectKey(reject.line, place), reject);
}

/** Finds the organisation of each row: known by its key, the same as another one, or new. */
async function nameOrganisations(rows: readonly ReadRow[], work: Work): Promise<void> {
  const { store, pending, found } = work;
  const { organisations, similar } = store;
  const keys = rows.map(({ organisation }) => organisation);
  const forms = keys.map(comparableKey);
  await pending.load(organisations, keys);
  await pending.load(similar, forms);
  const others = forms.flatMap((form) => pending.get(similar, form) ?? []);
  await pending.load(organisations, others);
  const canonical = [...keys, ...others].flatMap((key) => pending.get(organisations, key)?.sameAs ?? []);
  await pending.load(organisations, canonical);
  for (const row of rows) {
    if (row.isKeyCleaned) {
      found.cleaned.count += 1;
      found.cleaned.first ??= { line: row.line, key: row.organisation };
    }
    row.organisation = nameOne(row, work);
  }
}

/** The key under which an organisation's rows go: its own, or the one it is the same as. */
function nameOne({ line, organisation: key }: ReadRow, { store, pending, request, found }: Work): string {
  const { organisations, similar } = store;
  const form = comparableKey(key);
  let known = pending.get(organisations, key);
  if (!known) {
    const other = pending.get(similar, form);
    const decision = request.sameOrNew.keys.get(key) ?? request.sameOrNew.all;
    if (other !== undefined && decision === undefined) {
      found.pairCount += 1;
      if (found.pairs.length < PAIRS_LISTED) found.pairs.push({ line, key, other });
    }
    const sameAs =
      other !== undefined && decision === 'same' ? (pending.get(organisations, other)?.sameAs ?? other) : undefined;
    if (other === undefined) pending.put(similar, form, key);
    known = { receipt: null, revisions: {}, ...(sameAs === undefined ? {} : { sameAs }) };
    pending.put(organisations, key, known);
  }
  const name = known.sameAs ?? key;
  const owner = pending.get(organisations, name) ?? known;
  if (!owner.isNamed) {
    found.summary[owner.receipt === null ? 'new' : 'known'] += 1;
    pending.put(organisations, name, { ...owner, isNamed: true });
  }
  return name;
}

/** Queues each row, unless another one says the same, or something else, of the same organisation and day. */
async function queueRows(rows: readonly ReadRow[], { store, pending, request, found }: Work): Promise<void> {
  await pending.load(
    store.rows,
    rows.map(({ organisation, conductedOn }) => rowKey(organisation, conductedOn)),
  );
  for (const row of rows) {
    const { line, organisation, conductedOn, body, cells } = row;
    const key = rowKey(organisation, conductedOn);
    const rowHash = sha256Hex(canonicalJson(body));
    const former = pending.get(store.rows, key);
    if (!former) {
      const scores = scoresOf(request.instrument, body);
      const missing = request.instrument.dimensions.map(({ id }) => id).filter((id) => scores[id] === null);
      pending.put(store.rows, key, { line, rowHash, missing });
      pending.put(store.queue, lineKey(line), { line, organisation, conductedOn, body, cells });
    } else if (former.rowHash === rowHash && !former.isContradicted) {
      found.summary.repeated += 1;
      if (found.summary.repeats.length < REPEATS_LISTED) found.summary.repeats.push({ line, of: former.line });
    } else {
      addRejects(pending, store, [rejectOf(row, saysOtherwise(former.line))]);
      if (!former.isContradicted) {
        addRejects(pending, store, [rejectOf({ ...row, line: former.line }, saysOtherwise(line))]);
        pending.put(store.rows, key, { ...former, isContradicted: true });
        pending.put(store.queue, lineKey(former.line), undefined);
      }
    }
  }
}

const saysOtherwise = (line: number): LocalText => ({
  de: `Zeile ${line} sagt etwas anderes über dieselbe Organisation und denselben Tag`,
  en: `line ${line} says something else of the same organisation and day`,
});

const cleanedKeys = (count: number, { line, key }: { line: number; key: string }): LocalText => ({
  de: `${count === 1 ? 'Ein Schlüssel enthält' : `${count} Schlüssel enthalten`} Zeichen, die man nicht sieht, oder ungewöhnliche Leerzeichen und Striche (zuerst Zeile ${line}: „${key}“); sie machen keinen Unterschied.`,
  en: `${count === 1 ? 'One key has' : `${count} keys have`} signs that nobody sees, or unusual spaces and dashes (first in line ${line}: "${key}"); they make no difference.`,
});

function undecided({ summary, pairs, pairCount }: Found): Refusal {
  const listed = (lang: 'de' | 'en') => {
    const lines = pairs.map(({ line, key, other }) =>
      lang === 'de' ? `  Zeile ${line}: „${key}“ und „${other}“` : `  line ${line}: "${key}" and "${other}"`,
    );
    const more = pairCount - pairs.length;
    return [...lines, ...(more > 0 ? [lang === 'de' ? `  und ${more} weitere` : `  and ${more} more`] : [])].join('\n');
  };
  const total = summary.known + summary.new;
  return new Refusal({
    de: `${total} Organisationen: ${summary.known} bekannt, ${summary.new} neu. ${pairCount === 1 ? 'Ein neuer Schlüssel unterscheidet' : `${pairCount} neue Schlüssel unterscheiden`} sich von einem anderen nur durch Groß- und Kleinschreibung, Leerzeichen, führende Nullen oder die Schreibweise einer Zahl:\n${listed('de')}\n${NOTHING_SENT.de} Sind es dieselben Organisationen, wiederholen Sie den Befehl mit --same; sind es andere, mit --new; für einzelne Schlüssel gibt es --same-key und --new-key.`,
    en: `${total} organisations: ${summary.known} known, ${summary.new} new. ${pairCount === 1 ? 'One new key differs' : `${pairCount} new keys differ`} from another one only by letter case, spaces, leading zeros or the form of a number:\n${listed('en')}\n${NOTHING_SENT.en} If they are the same organisations, run the command again with --same; if they are others, with --new; for single keys there are --same-key and --new-key.`,
  });
}
