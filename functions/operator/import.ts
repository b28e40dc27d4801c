import { startIfProgram } from './command.ts';
import { importCommand, interruption } from './import/import-command.ts';

export const main = importCommand('npm run import --');

await startIfProgram(import.meta.url, main, () => ({ signal: interruption() }));
