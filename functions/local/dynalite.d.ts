declare module 'dynalite' {
  import type { Server } from 'node:http';

  /** The options used here; see the package for the rest. Without `path` the data live in memory. */
  export default function dynalite(options: { path?: string; createTableMs?: number; deleteTableMs?: number }): Server;
}
