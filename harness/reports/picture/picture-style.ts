/** How the classes of a picture look. Colours come from the variables of whatever it is shown in. */
export const pictureStyle = `
.topology { display: block; font: 12px/1.4 ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace; }
.topology rect { fill: var(--card); stroke: var(--line); stroke-width: 1; }
.topology text { fill: var(--ink); }
.topology .frame .name { font-weight: 600; font-size: 13px; }
.topology .frame .note { fill: var(--quiet); text-anchor: end; font-size: 11.5px; }
.topology .frame.node > rect { fill: var(--node); }
.topology .frame.root > rect { fill: var(--root); stroke-dasharray: 5 4; stroke: var(--strong-line); }
.topology .frame.pod > rect { fill: var(--pod); stroke: var(--pod-line); }
.topology .link .name { font-weight: 500; }
.topology .link .detail, .topology .route, .topology .note { fill: var(--quiet); font-size: 11.5px; }
.topology .link.down > rect { stroke-dasharray: 3 3; }
.topology .link.bridge > rect { fill: var(--bridge); stroke: var(--bridge-line); }
.topology .process > rect { fill: var(--card); stroke: var(--strong-line); }
.topology .process > circle { fill: var(--holds); }
.topology .process.pause > circle { fill: var(--pause); }
.topology .process.ended > circle { fill: none; stroke: var(--quiet); stroke-width: 1.5; }
.topology .process.ended > text { fill: var(--quiet); text-decoration: line-through; }
.topology .wire path { fill: none; stroke: var(--wire); stroke-width: 2; }
.topology .wire circle { fill: var(--wire); stroke: var(--card); stroke-width: 1.5; }
.topology .wire.master path { stroke: var(--bridge-line); stroke-width: 1.5; }
.topology .is-new > rect, .topology .is-changed > rect { stroke: var(--change); stroke-width: 2; }
.topology .is-new > rect { stroke-dasharray: none; fill: var(--change-fill); }
.topology .item, .topology .wire, .topology .frame { transition: opacity 0.15s; }
.has-focus .topology .item:not(.lit), .has-focus .topology .wire:not(.lit) { opacity: 0.32; }
.topology .lit > rect { stroke: var(--focus); stroke-width: 2.5; stroke-dasharray: none; }
.topology .frame.lit > .name { fill: var(--focus); }
.topology .wire.lit path { stroke: var(--focus); stroke-width: 3; }
.topology .wire.lit circle { fill: var(--focus); }
@media (prefers-reduced-motion: reduce) { .topology * { transition: none; } }
`;

/** The variables of a picture and of the page around it, for a light and for a dark surrounding. */
export const colours = `
:root {
  --paper: #f5f6f8; --card: #ffffff; --ink: #1a2230; --quiet: #566173; --line: #dde2ea; --strong-line: #9aa5b5; --soft: #f0f2f6;
  --holds: #0b7a45; --refuted: #bf2335; --vacuous: #8436b5; --unknown: #855600; --not-applicable: #566173;
  --holds-fill: #e4f5ec; --refuted-fill: #fdeaec; --vacuous-fill: #f5e9fc; --unknown-fill: #fdf2da; --not-applicable-fill: #eef0f4;
  --node: #fafbfc; --root: #f3f5f8; --pod: #eef4ff; --pod-line: #a9c2ee; --bridge: #e9f6f4; --bridge-line: #4f9d93; --wire: #3565c4;
  --pause: #8b96a6; --focus: #c2410c; --change: #b45309; --change-fill: #fff4e0; --accent: #2456b8;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #0e1219; --card: #161c26; --ink: #e5eaf2; --quiet: #9ba8ba; --line: #29323f; --strong-line: #566377; --soft: #1d2530;
    --holds: #4cc38a; --refuted: #ff8088; --vacuous: #d49bff; --unknown: #f2b93b; --not-applicable: #9ba8ba;
    --holds-fill: #12301f; --refuted-fill: #3a181d; --vacuous-fill: #2e1c3d; --unknown-fill: #35290d; --not-applicable-fill: #222b37;
    --node: #12171f; --root: #181f29; --pod: #16243d; --pod-line: #3b5a92; --bridge: #12302c; --bridge-line: #4fa79c; --wire: #7ea6f4;
    --pause: #77849a; --focus: #ff9d5c; --change: #f0ad4e; --change-fill: #33270f; --accent: #8fb3ff;
  }
}
`;
