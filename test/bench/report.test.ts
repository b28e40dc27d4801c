import { expect, test } from 'vitest';
import { reportPage } from './report.ts';

const machine = ['Node v24, 2 cores, a processor', 'Load before the start: 0.1.'];
const section = (letter: string, printed: string) => ({ name: letter, title: `(${letter}) a title`, printed });

test('the page of benchmarks holds what was run, in order', () => {
  const page = reportPage('', machine, [section('b', 'ratio: 2\n'), section('a', 'ratio: 1\n')]);
  expect(page).toMatch(/^# Benchmarks\n/);
  expect(page.match(/^## .*$/gm)).toEqual(['## At a glance', '## (a) a title', '## (b) a title']);
  expect(page).toContain('`npm run bench -- a` on Node v24, 2 cores, a processor. Load before the start: 0.1.');
});

test('a section that was not run again stays as it was', () => {
  const first = reportPage('', machine, [section('a', '# ratio: 1'), section('b', 'ratio: 2')]);
  const second = reportPage(first, ['another machine', ''], [section('b', 'ratio: 3')]);
  expect(second).toContain('ratio: 1');
  expect(second).toContain('ratio: 3');
  expect(second).not.toContain('ratio: 2');
  expect(reportPage(second, ['another machine', ''], [section('b', 'ratio: 3')])).toBe(second);
});

test('the ratios of all sections stand before them, also of those that were not run again', () => {
  const first = reportPage('', machine, [section('a', 'ours: 3 ms\nours / theirs: 0.50 (0.40 to 0.60) times\n')]);
  const second = reportPage(first, machine, [
    section('b', 'api: first answer 90 ms, 2.00 (1.90 to 2.10) x bare; warm'),
  ]);
  const [glance = ''] = second.split('## (a)');
  expect(glance).toContain('- (a) a title\n  - ours / theirs: 0.50 (0.40 to 0.60) times\n');
  expect(glance).toContain('- (b) a title\n  - api: first answer 90 ms, 2.00');
  expect(glance).not.toContain('3 ms');
});
