/** A table of the release, the one source of its CSV, its Parquet, its Table Schema and its place in the codebook. */
export interface Table {
  name: string;
  title: string;
  description: string;
  columns: Column[];
  /** One value per column; null is "no value", with the reason in OBS_STATUS. */
  rows: Value[][];
  primaryKey: string[];
  foreignKeys?: { fields: string[]; table: string; references: string[] }[] | undefined;
  /** Tables of figures are also offered as Parquet. */
  hasParquet: boolean;
}

/** Dates are `YYYY-MM-DD`. */
export type Value = string | number | boolean | null;

export interface Column {
  name: string;
  title: string;
  description: string;
  type: 'string' | 'integer' | 'number' | 'boolean' | 'date';
  isRequired: boolean;
  unit?: string;
  minimum?: number;
  maximum?: number;
  /** The closed list of values of a column of type "string". */
  categories?: { value: string; label: string }[];
}

/** A file of the release. `path` is its name within the release's folder. */
export interface DatasetFile {
  path: string;
  bytes: Uint8Array<ArrayBuffer>;
  mediaType: string;
}

export function textFile(path: string, text: string, mediaType: string): DatasetFile {
  return { path, bytes: new TextEncoder().encode(text), mediaType };
}

/** JSON indented for reading, with a line feed at the end; what is undefined is left out. */
export function jsonFile(path: string, value: unknown, mediaType = 'application/json'): DatasetFile {
  return textFile(path, `${JSON.stringify(value, null, 2)}\n`, mediaType);
}
