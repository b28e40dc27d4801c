import { startEngine } from '#functions/local/engine';

/** The embedded DynamoDB, in memory, as a process of its own: prints its address, ends with its standard input. */
const engine = await startEngine(null);
process.stdout.write(`${engine.endpoint}\n`);
process.stdin.on('end', () => process.exit(0)).resume();
