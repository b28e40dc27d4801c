import * as z from 'zod';
import { Instrument, InstrumentKind } from '../instrument.ts';
import { ReleaseFile } from '../release-file.ts';
import { ReleaseId } from '../release-id.ts';

export const InstrumentEntry = z.strictObject({
  id: Instrument.shape.id,
  kind: InstrumentKind,
  title: Instrument.shape.title,
  description: Instrument.shape.description,
  url: z.string(),
});
export const InstrumentList = z.strictObject({ instruments: z.array(InstrumentEntry) });
export type InstrumentList = z.infer<typeof InstrumentList>;

export const FileEntry = z.strictObject({ ...ReleaseFile.shape, url: z.string() });
export const FileList = z.strictObject({ releaseId: ReleaseId, files: z.array(FileEntry) });
export type FileList = z.infer<typeof FileList>;
