/** What a terminal prints in colours, as a page for people to look at. */
export const terminalPage = (text: string): string => `<!doctype html>
<meta charset="utf-8">
<title>terminal</title>
<style>
:root { color-scheme: light dark; --paper: #ffffff; --ink: #1f2328; --c31: #c01c28; --c32: #1a7f37; --c33: #8a5a00; --c35: #8250df; --c36: #0b7285; }
@media (prefers-color-scheme: dark) { :root { --paper: #12161c; --ink: #e6edf3; --c31: #ff7b72; --c32: #56d364; --c33: #e3b341; --c35: #d2a8ff; --c36: #76e3ea; } }
body { margin: 0; background: var(--paper); }
pre { display: inline-block; box-sizing: content-box; width: 100ch; white-space: pre-wrap; overflow-wrap: anywhere; margin: 0; padding: 18px 22px; background: var(--paper); color: var(--ink); font: 13px/1.45 "DejaVu Sans Mono", ui-monospace, monospace; }
.c2 { opacity: 0.66; }
${[31, 32, 33, 35, 36].map((code) => `.c${code} { color: var(--c${code}); }`).join('\n')}
</style>
<pre>${coloured(escaped(`$ netclaims verify\n\n${text}`.trimEnd()))}</pre>
`;

/** The colours that a palette of reports paints with; each ends before the next begins. */
const coloured = (text: string): string =>
  // eslint-disable-next-line no-control-regex -- these are what makes it coloured
  text.replace(/\u001b\[(\d+)m/g, (_, code: string) =>
    code === '39' || code === '22' ? '</span>' : `<span class="c${code}">`,
  );

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
