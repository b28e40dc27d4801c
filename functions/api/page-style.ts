/** The style sheet of the service's own pages: paper and ink, one accent, readable at 320 px, in the dark and in print. */
export const PAGE_STYLE = `
:root {
  color-scheme: light dark;
  --paper: #fbfaf6; --sheet: #ffffff; --ink: #1c2b30; --soft: #52636a; --line: #d9ddd8; --accent: #0d6168; --tint: #e6f0ee;
}
@media (prefers-color-scheme: dark) {
  :root { --paper: #12191c; --sheet: #1a2327; --ink: #e6ecea; --soft: #a3b2b4; --line: #33424a; --accent: #7fcbc4; --tint: #1d3033; }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; scroll-padding-top: 1rem; }
body {
  margin: 0; background: var(--paper); color: var(--ink);
  font: 1.0625rem/1.6 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif;
}
a { color: var(--accent); text-underline-offset: 0.15em; }
a:hover { text-decoration-thickness: 2px; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; border-radius: 2px; }
.skip { position: absolute; left: -999rem; }
.skip:focus { left: 1rem; top: 0.5rem; background: var(--sheet); padding: 0.5rem 1rem; }
header, main, footer { max-width: 62rem; margin: 0 auto; padding: 0 1.25rem; }
header { display: flex; flex-wrap: wrap; gap: 0.5rem 1.5rem; align-items: center; justify-content: space-between; padding-top: 1.25rem; padding-bottom: 1.25rem; }
.brand { display: flex; gap: 0.6rem; align-items: center; font-weight: 650; font-size: 1.125rem; color: var(--ink); text-decoration: none; }
.brand svg { color: var(--accent); flex: none; }
nav ul { display: flex; flex-wrap: wrap; gap: 0.25rem 1.25rem; list-style: none; margin: 0; padding: 0; }
nav a { display: inline-block; padding: 0.25rem 0; }
h1, h2, h3 { line-height: 1.2; text-wrap: balance; font-weight: 650; }
h1 { font-size: clamp(1.75rem, 1.2rem + 2.6vw, 2.75rem); letter-spacing: -0.015em; margin: 2rem 0 1rem; max-width: 20em; }
h2 { font-size: 1.45rem; margin: 3rem 0 0.75rem; }
h3 { font-size: 1.1rem; margin: 2rem 0 0.5rem; }
p, ul, ol, dl { max-width: 42rem; }
.lead { font-size: 1.2rem; color: var(--soft); max-width: 38rem; }
.steps { list-style: none; counter-reset: step; margin: 2rem 0; padding: 0; max-width: none; display: grid; gap: 1rem; grid-template-columns: repeat(auto-fit, minmax(min(100%, 16rem), 1fr)); }
.steps li { counter-increment: step; background: var(--sheet); border: 1px solid var(--line); border-radius: 0.5rem; padding: 1.25rem; }
.steps li::before { content: counter(step); display: inline-grid; place-items: center; width: 1.9rem; height: 1.9rem; border-radius: 50%; background: var(--tint); color: var(--accent); font-weight: 650; }
.steps h3 { margin: 0.75rem 0 0.25rem; }
.steps p { margin: 0; }
.note { border-left: 4px solid var(--accent); background: var(--tint); padding: 0.9rem 1.1rem; border-radius: 0 0.4rem 0.4rem 0; max-width: 44rem; }
.note > :first-child { margin-top: 0; } .note > :last-child { margin-bottom: 0; }
.scroll { overflow-x: auto; margin: 1rem 0; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
caption { text-align: left; color: var(--soft); padding-bottom: 0.5rem; }
th, td { text-align: left; vertical-align: top; padding: 0.5rem 1rem 0.5rem 0; border-bottom: 1px solid var(--line); }
th { font-weight: 600; }
td p { margin: 0.25rem 0; } td > :first-child, td > div > :first-child { margin-top: 0; }
.operation th { width: 4rem; }
h4 { margin: 1.25rem 0 0.25rem; font-size: 1rem; }
.cards { display: grid; gap: 1rem; grid-template-columns: repeat(auto-fit, minmax(min(100%, 22rem), 1fr)); margin: 1rem 0; align-items: start; }
.cards article { background: var(--sheet); border: 1px solid var(--line); border-radius: 0.5rem; padding: 1.25rem; }
.cards h3 { margin: 0 0 0.5rem; }
.cards dl { margin: 0; } .cards dt { color: var(--soft); font-size: 0.95rem; margin-top: 0.6rem; } .cards dd { margin: 0; }
ul.plain { list-style: none; margin: 0; padding: 0; }
code, pre { font-family: ui-monospace, "Cascadia Mono", Menlo, Consolas, monospace; font-size: 0.92em; }
code { background: var(--tint); padding: 0.1em 0.3em; border-radius: 0.2rem; overflow-wrap: anywhere; }
pre { background: var(--sheet); border: 1px solid var(--line); border-radius: 0.5rem; padding: 1rem; overflow-x: auto; }
pre code { background: none; padding: 0; overflow-wrap: normal; }
.operation { border-top: 1px solid var(--line); padding-top: 0.5rem; margin-top: 2rem; }
.operation h3 { margin-top: 1rem; }
.method { display: inline-block; min-width: 4.2em; text-align: center; border: 1px solid var(--accent); color: var(--accent); border-radius: 0.25rem; padding: 0 0.4em; margin-right: 0.5em; font-size: 0.85em; }
.fields { padding-left: 1.1rem; max-width: none; }
.fields .fields { border-left: 1px solid var(--line); list-style: none; padding-left: 1rem; }
.type { color: var(--soft); }
details { margin: 0.5rem 0; } summary { cursor: pointer; font-weight: 600; padding: 0.25rem 0; }
footer { border-top: 1px solid var(--line); margin-top: 4rem; padding-top: 1.25rem; padding-bottom: 2.5rem; color: var(--soft); font-size: 0.95rem; }
@media print { nav, .skip { display: none; } body { background: none; font-size: 11pt; } .steps li { break-inside: avoid; } }
`;
