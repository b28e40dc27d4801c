import { startIfProgram } from './command.ts';
import { verifyCommand } from './verify/verify-command.ts';

export const main = verifyCommand('npm run verify --');

await startIfProgram(import.meta.url, main);
