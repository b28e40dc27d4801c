import { h } from 'preact';
import { render } from 'preact-render-to-string';
import { expect, it } from 'vitest';
import { WrittenText } from '../../web/components/written-text.tsx';

const shown = (blocks: string[], given: object) =>
  render(h(WrittenText, { lang: 'de', of: { one: { de: ['Titel', ...blocks], en: [] } }, given }));

it('fills in values as the language writes them, and links pages and addresses', () => {
  const html = shown(['Epsilon {policy.cut}: [Methode](method), [Lizenz](https://example.org/) · Ende'], {
    policy: { cut: 0.5 },
  });
  expect(html).toContain('<p>Epsilon 0,5: <a href="/de/methode">Methode</a>, ');
  expect(html).toContain('<a href="https://example.org/">Lizenz</a> · Ende</p>');
});

it('leaves out a text that names a null, and a section with it where it is the title', () => {
  expect(shown(['Nicht gezählt: {leftOut}.', 'Ende.'], { leftOut: null })).not.toContain('Nicht gezählt');
  expect(
    render(h(WrittenText, { lang: 'de', of: { one: { de: ['{title}', 'Text'], en: [] } }, given: { title: null } })),
  ).not.toContain('Text</p>');
});

it('refuses a text that names what is not given', () => {
  expect(() => shown(['{policy.cut}'], { policy: {} })).toThrow('"policy.cut"');
  expect(() => shown([':part'], {})).toThrow('":part"');
});
