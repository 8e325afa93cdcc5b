import { describe, expect, it } from '@jest/globals';
import { allHolds, everyVerdict } from './golden/every-verdict.js';
import { noCluster } from './golden/no-cluster.js';
import { code, codeBlock, inline } from './markdown-text.js';
import { renderMarkdown } from './markdown.js';

describe('renderMarkdown', () => {
  it('has only the table where all holds', () => {
    expect(renderMarkdown(allHolds)).toMatch(/\| ✅ holds \| shared-namespace \|.*\n.*\| again \|.*\n$/);
  });

  it('fits into a step summary, and counts what it leaves out', () => {
    const [, refuted] = everyVerdict.scenarios;
    if (refuted === undefined) throw new Error('no scenario');
    const scenarios = Array.from({ length: 1_500 }, () => ({ ...refuted, claim: '日'.repeat(300) }));
    const text = renderMarkdown({ ...everyVerdict, scenarios });
    expect(Buffer.byteLength(text)).toBeLessThan(1024 * 1024);
    expect(text).toMatch(/\n\n\d+ more scenarios: see the JSON report\.\n$/);
  });

  it('tells once why nothing was run', () => {
    expect(renderMarkdown(noCluster).match(/could not be made/g)).toHaveLength(1);
  });
});

describe('text in Markdown', () => {
  it('is no markup, mention, issue or link', () => {
    expect(inline('*a* <b> @all #12 https://x.y\nwww.x.y [c](d) $e$')).toBe(
      '\\*a\\* \\<b\\> @<!-- -->all #<!-- -->12 https:<!-- -->//x.y www<!-- -->.x.y \\[c\\](d) \\$e\\$',
    );
  });

  it('has more backticks around code than there are in it', () => {
    expect(code('a ``b` c')).toBe('```a ``b` c```');
    expect(code('`a')).toBe('`` `a ``');
    expect(codeBlock(['```', 'x'])).toEqual(['````text', '```', 'x', '````']);
  });
});
