import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { promisify } from 'node:util';
import { serve } from '@hono/node-server';
import { expect, test } from 'vitest';
import { FIELD_RULES, PROBLEMS } from '#functions/http/problem-texts';
import { testService } from './test-service.ts';

const guide = () => readFile('docs/api.md', 'utf8');

test('the commands of docs/api.md work as they stand, through real HTTP', async () => {
  const { app } = await testService();
  const server = serve({ fetch: app.fetch, hostname: '127.0.0.1', port: 0 });
  await new Promise((resolve) => server.once('listening', resolve));
  try {
    const commands = [...(await guide()).matchAll(/```sh\n([\s\S]*?)```/g)].map((match) => match[1]);
    expect(commands.length).toBeGreaterThan(5);
    const BASE = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const { stdout } = await promisify(execFile)('bash', ['-euo', 'pipefail', '-c', commands.join('\n')], {
      env: { PATH: process.env.PATH, BASE },
    });
    expect(stdout).toContain('{"status":"ok","version":"');
    expect(stdout).toContain('"overall":null');
    expect(stdout.match(/^HTTP\/1.1 201/gm)).toHaveLength(2);
    expect(stdout.match(/^idempotent-replayed: true/gim)).toHaveLength(1);
    expect(stdout).toContain('{"withdrawn":2}');
    expect(stdout).toContain('"field":"/answers/workplaces","rule":"invalid-answer"');
  } finally {
    await new Promise((resolve) => server.close(resolve));
  }
});

test('docs/api.md names every problem and every rule', async () => {
  const text = await guide();
  for (const [name, { status }] of Object.entries(PROBLEMS)) expect(text).toContain(`| \`${name}\` | ${status} |`);
  for (const rule of Object.keys(FIELD_RULES)) expect(text).toContain(`| \`${rule}\` |`);
});
