import { colours } from '../picture/picture-style.js';

/** How the page looks: light and dark, wide and narrow, on paper. */
export const pageStyle = `${colours}
* { box-sizing: border-box; }
[hidden] { display: none !important; }
html { scroll-padding-top: 5rem; }
body { margin: 0 auto; max-width: 76rem; padding: 0 1.5rem 3rem; background: var(--paper); color: var(--ink); font: 15px/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "DejaVu Sans", sans-serif; }
code, pre { font: 12.5px/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace; }
pre { margin: 0; white-space: pre-wrap; overflow-wrap: anywhere; }
h1, h2, h3, p, ol, ul, figure, fieldset { margin: 0; padding: 0; border: 0; }
ol, ul { list-style: none; }
a { color: var(--accent); }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; border-radius: 4px; }
.aside { color: var(--quiet); font-size: 13.5px; }
.words { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.label { margin: 0.9rem 0 0.3rem; color: var(--quiet); font-size: 12.5px; font-weight: 600; }
.tag { display: inline-block; padding: 0 0.5em; border: 1px solid var(--line); border-radius: 99px; color: var(--quiet); font-size: 12px; overflow-wrap: anywhere; }
.print-only { display: none; }

.top { padding: 2.2rem 0 0.8rem; }
.brand { font-weight: 650; letter-spacing: -0.01em; }
h1 { margin: 0.3rem 0; font-size: 2rem; line-height: 1.2; letter-spacing: -0.02em; font-weight: 680; }
.bar { display: block; width: 100%; height: 10px; margin: 1.1rem 0 0.3rem; }
.bar .holds { fill: var(--holds); } .bar .refuted { fill: var(--refuted); } .bar .vacuous { fill: var(--vacuous); }
.bar .unknown { fill: var(--unknown); } .bar .not-applicable { fill: var(--strong-line); }

.filters { position: sticky; top: 0; z-index: 2; display: flex; flex-wrap: wrap; gap: 0.5rem 0.9rem; align-items: center; margin: 0 -1.5rem 0.6rem; padding: 0.7rem 1.5rem; background: var(--paper); border-bottom: 1px solid var(--line); }
.filters fieldset { display: flex; flex-wrap: wrap; gap: 0.4rem; }
.filters .find { flex: 1 1 18rem; }
.filters input[type="search"], .filters select { width: 100%; height: 2.25rem; padding: 0 0.7rem; border: 1px solid var(--strong-line); border-radius: 8px; background: var(--card); color: var(--ink); font: inherit; font-size: 14px; }
.choice { display: inline-flex; gap: 0.4em; align-items: center; padding-right: 0.6em; border: 1px solid var(--line); border-radius: 99px; background: var(--card); font-size: 13px; cursor: pointer; }
.choice input { position: absolute; opacity: 0; }
.choice:has(input:not(:checked)) { background: none; border-style: dashed; }
.choice:has(input:not(:checked)) .verdict { background: none; color: var(--quiet); text-decoration: line-through; }
.choice:has(:focus-visible) { outline: 2px solid var(--accent); outline-offset: 1px; }
.filters select { max-width: 15rem; }
.filters output { color: var(--quiet); font-size: 13px; }

.verdict { display: inline-flex; gap: 0.35em; align-items: center; flex: none; padding: 0.05em 0.65em; border-radius: 99px; font-size: 13px; font-weight: 600; white-space: nowrap; }
.verdict .sign { font-weight: 700; }
.verdict.holds { color: var(--holds); background: var(--holds-fill); } .verdict.refuted { color: var(--refuted); background: var(--refuted-fill); }
.verdict.vacuous { color: var(--vacuous); background: var(--vacuous-fill); } .verdict.unknown { color: var(--unknown); background: var(--unknown-fill); }
.verdict.not-applicable { color: var(--not-applicable); background: var(--not-applicable-fill); }

.scenario { margin: 1.1rem 0; padding: 1.2rem 1.4rem; border: 1px solid var(--line); border-radius: 14px; background: var(--card); }
.scenario > header { display: grid; grid-template-columns: auto 1fr; gap: 0.25rem 0.8rem; align-items: baseline; }
.scenario h2 { font-size: 1.15rem; line-height: 1.35; font-weight: 640; letter-spacing: -0.01em; overflow-wrap: anywhere; }
.scenario > header .aside { grid-column: 1 / -1; overflow-wrap: anywhere; }

summary { cursor: pointer; }
.expectations { margin-top: 0.9rem; border-top: 1px solid var(--line); }
.expectation { position: relative; border-bottom: 1px solid var(--line); }
.expectation > details > summary { display: flex; flex-wrap: wrap; gap: 0.15rem 0.7rem; align-items: baseline; padding: 0.5rem 2.6rem 0.5rem 0.2rem; list-style: none; }
.expectation > details > summary::-webkit-details-marker { display: none; }
.expectation > details > summary:hover { background: var(--soft); }
.expectation .verdict { min-width: 6.6em; }
.expectation .says { flex: 1 1 16rem; overflow-wrap: anywhere; }
.expectation .id { color: var(--quiet); overflow-wrap: anywhere; }
.expectation .body { padding: 0 0.2rem 1rem 0.2rem; }
.because { padding: 0.5rem 0.8rem; border-left: 3px solid; border-radius: 0 8px 8px 0; overflow-wrap: anywhere; }
.because.refuted { color: var(--refuted); background: var(--refuted-fill); } .because.vacuous { color: var(--vacuous); background: var(--vacuous-fill); }
.because.unknown { color: var(--unknown); background: var(--unknown-fill); } .because.not-applicable { color: var(--not-applicable); background: var(--not-applicable-fill); }
.expression, .replay, .output { margin: 0.4rem 0; padding: 0.55rem 0.8rem; border-radius: 8px; background: var(--soft); }
.replay { user-select: all; border: 1px dashed var(--strong-line); background: none; }
.replay::before { content: "$ "; color: var(--quiet); }
.output { max-height: 24rem; overflow: auto; white-space: pre; overflow-wrap: normal; }
.values { width: 100%; border-collapse: collapse; }
.values th { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
.values td { padding: 0.22rem 0.8rem 0.22rem 0; border-bottom: 1px solid var(--line); vertical-align: top; overflow-wrap: anywhere; }
.values td:first-child { width: 55%; color: var(--quiet); }
.controls li::before { content: "✓ "; color: var(--holds); font-weight: 700; }
.controls .not-as-meant::before { content: "✕ "; color: var(--refuted); }
.sources { display: flex; flex-wrap: wrap; gap: 0.2rem 1rem; }
.pin { position: absolute; top: 0.4rem; right: 0; width: 2rem; height: 2rem; border: 0; border-radius: 8px; background: none; color: var(--quiet); font-size: 17px; cursor: pointer; }
.pin:hover { background: var(--soft); }
.pin[aria-pressed="true"] { background: var(--focus); color: var(--card); }

.world { margin-top: 0.8rem; }
.world > summary { padding: 0.25rem 0; }
.world > summary h3 { display: inline; margin-right: 0.6rem; font-size: 14px; font-weight: 620; overflow-wrap: anywhere; }
.tabs { display: inline-flex; margin: 0.5rem 0; padding: 3px; border-radius: 10px; background: var(--soft); }
.tabs legend { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
.tabs input { position: absolute; opacity: 0; }
.tabs span { display: block; padding: 0.15rem 0.9rem; border-radius: 8px; font-size: 13.5px; cursor: pointer; }
.tabs :checked + span { background: var(--card); box-shadow: 0 1px 3px rgb(0 0 0 / 0.18); font-weight: 600; }
.tabs :focus-visible + span { outline: 2px solid var(--accent); }
.scene { margin: 0.4rem 0 0.6rem; }
.canvas { margin: 0.4rem 0; max-height: 46rem; overflow: auto; }
.canvas .topology { max-width: 100%; height: auto; }
@media (max-width: 56rem) { .canvas .topology { max-width: none; } }
.changes li { overflow-wrap: anywhere; }
.changes li::before { content: "~ "; color: var(--change); font: 700 13px ui-monospace, monospace; }
.changes .is-new::before { content: "+ "; } .changes .is-gone::before { content: "− "; }
.more { margin: 0.3rem 0; }
.more > summary { color: var(--quiet); font-size: 13.5px; }
.evidence { margin: 0.3rem 0 0.3rem 1rem; }
.evidence li { margin: 0.15rem 0; overflow-wrap: anywhere; }
.failure { margin: 0.6rem 0; padding: 0.6rem 0.9rem; border-radius: 8px; background: var(--unknown-fill); color: var(--unknown); overflow-wrap: anywhere; }

@media (max-width: 40rem) {
  body { padding: 0 0.8rem 2rem; font-size: 15px; }
  h1 { font-size: 1.5rem; }
  .filters { position: static; margin: 0 -0.8rem 0.5rem; padding: 0.6rem 0.8rem; }
  .scenario { margin: 0.8rem -0.3rem; padding: 1rem 0.9rem; }
  .scenario > header { grid-template-columns: 1fr; justify-items: start; }
  .expectation .says { flex-basis: 100%; }
}
@media print {
  :root { --paper: #fff; }
  body { max-width: none; padding: 0; font-size: 11pt; }
  .filters, .pin, .tabs, .more, .control { display: none !important; }
  .scene[hidden] { display: block !important; }
  .scenario { break-inside: auto; border-color: #999; }
  .expectation, figure { break-inside: avoid; }
  .canvas, .output { max-height: none; overflow: visible; }
  .canvas .topology { max-width: 100%; }
}
`;
