import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { manyPods } from '../../../bench/many-pods.js';
import type { Report } from '../../domain/report.js';
import { isUnreadable } from '../../domain/fact-types.js';
import { everyVerdict } from '../golden/every-verdict.js';
import { noCluster } from '../golden/no-cluster.js';
import { nodeOf, observationOf, podOf, twoPods } from '../golden/world.js';
import { itemsOf } from '../../domain/fact-items.js';
import { word } from '../topology/fact-words.js';
import { renderHtml } from './page.js';
import { attributesOf, openBrowser, openDetails, seriousFindings, type Reader } from './testing/browser.js';

let browser: Reader;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(async () => {
  await browser[Symbol.asyncDispose]();
});

/** A run in which `right` goes away between two observations. */
const twoScenes = (): Report => {
  const [first, second] = everyVerdict.scenarios;
  if (first === undefined || second === undefined) throw new Error('no scenario');
  const after = {
    ...observationOf('after', [podOf('left', 100)], nodeOf([])),
    at: '2026-01-02T04:00:00.000Z',
  };
  const expectation = (id: string, that: string, verdict: 'holds' | 'refuted') => {
    const [any] = first.expectations;
    if (any === undefined) throw new Error('no expectation');
    return { ...any, id, that, verdict, values: [], says: `It is about ${id}.` };
  };
  const scenario = {
    ...first,
    ...{ labels: { topic: 'veth' }, let: {}, observations: { before: twoPods, after }, controls: [] },
    expectations: [
      expectation('pair', 'before.pods.left.link.eth0.peer.where == "node"', 'holds'),
      expectation('gone', 'after.pods.left.netns.inode == 1', 'refuted'),
    ],
  };
  return { ...everyVerdict, scenarios: [scenario, { ...second, labels: { topic: 'mtu' } }] };
};

const reports: Readonly<Record<string, () => Report>> = {
  'every verdict': () => everyVerdict,
  'two observations': twoScenes,
  'no cluster': () => noCluster,
  'nothing at all': () => ({ ...everyVerdict, scenarios: [] }),
};

const shownScenarios = (page: Page) => attributesOf(page.locator('.scenario:visible'), 'id');
const lit = (page: Page) => attributesOf(page.locator('.scene:visible .lit'), 'data-thing');

describe.each(Object.entries(reports))('the page of %s', (_, report) => {
  it.each([
    ['light and wide', {}],
    ['dark and narrow', { dark: true, width: 390 }],
  ])(
    'has nothing to complain of, asks for nothing and can be used by everybody: %s',
    async (__, look) => {
      const { page, complaints, requests } = await browser.open(renderHtml(report()), look);
      await openDetails(page);
      expect(await seriousFindings(page)).toEqual([]);
      expect(complaints).toEqual([]);
      expect(requests.filter((url) => !url.startsWith('file:'))).toEqual([]);
      const sideways = await page.evaluate(
        'document.documentElement.scrollWidth - document.documentElement.clientWidth',
      );
      expect(sideways).toBeLessThanOrEqual(0);
      await page.close();
      // The checker looks at every element, which takes its time on a busy machine.
    },
    180_000,
  );
});

describe('the page', () => {
  it('runs nothing that a report brings along, and loads nothing', async () => {
    const html = renderHtml(everyVerdict).replace(
      '<main>',
      '<main><script>document.title = "mine"</script><img src="http://127.0.0.1:9/x" onerror="document.title = 1">',
    );
    const { page, complaints, requests } = await browser.open(html);
    expect(await page.title()).toBe('netclaims report');
    expect(complaints.join('\n')).toMatch(/Content Security Policy/);
    expect(requests.filter((url) => !url.startsWith('file:'))).toEqual([]);
    await page.close();
  });

  it('filters by verdict, text and label, by keyboard as well', async () => {
    const { page } = await browser.open(renderHtml(twoScenes()));
    expect(await shownScenarios(page)).toEqual(['s0', 's1']);
    await page.keyboard.press('/');
    await page.keyboard.type('It is about GONE');
    expect(await shownScenarios(page)).toEqual(['s0']);
    expect(await page.locator('output').innerText()).toBe('1 of 2 scenarios');
    await page.keyboard.press('Escape');
    expect(await shownScenarios(page)).toEqual(['s0', 's1']);
    await page.getByLabel('Label').selectOption('topic=mtu');
    expect(await shownScenarios(page)).toEqual(['s1']);
    await page.getByLabel('Label').selectOption('');
    await page.locator('.choice', { hasText: 'refuted' }).click();
    expect(await page.locator('.expectation[data-verdict="refuted"]:visible').count()).toBe(0);
    expect(await page.locator('.expectation[data-verdict="holds"]:visible').count()).toBe(1);
    await page.close();
  });

  it('lights what an expectation is about, in the observation that it names', async () => {
    const { page } = await browser.open(renderHtml(twoScenes()));
    const pin = (id: string) => page.getByRole('button', { name: `show ${id} in the picture` });
    await pin('pair').press('Enter');
    expect(await page.locator('.scene:visible').first().getAttribute('data-observation')).toBe('before');
    expect(new Set(await lit(page))).toEqual(
      new Set([
        'link/pod/left/eth0',
        'link/node/node-1/veth-l',
        'veth/link/pod/left/eth0~link/node/node-1/veth-l',
      ]),
    );
    await pin('gone').click();
    expect(await lit(page)).toEqual(['netns/pod/left']);
    await pin('gone').click();
    await page.mouse.move(0, 0);
    await page.locator('h1').click();
    expect(await lit(page)).toEqual([]);
    await page.close();
  });

  it('tells what changed, and opens evidence that is linked to', async () => {
    const { page } = await browser.open(renderHtml(twoScenes()));
    await expect(page.locator('.changes .is-gone').allInnerTexts()).resolves.toContain(
      'the network namespace of right gone',
    );
    const every = await browser.open(renderHtml(everyVerdict));
    await every.page.evaluate('location.hash = "#s0w0o0e0"');
    await every.page.locator('#s0w0o0e0 .output').first().waitFor({ state: 'visible' });
    await Promise.all([page.close(), every.page.close()]);
  });

  it('draws the veth pairs of 200 pods as they are in the facts, soon enough', async () => {
    const report = manyPods(200, 500);
    const { page, complaints, loadedInMs } = await browser.open(renderHtml(report));
    const wires = page.locator('.wire.veth');
    const [from, to] = [await attributesOf(wires, 'data-from'), await attributesOf(wires, 'data-to')];
    const drawn = from.map((end, index) => `${end ?? ''} ${to[index] ?? ''}`);
    const [observation] = Object.values(report.scenarios[0]?.observations ?? {});
    const inFacts = Object.values(observation?.pods ?? {}).flatMap(({ name, node, links }) =>
      itemsOf(links).flatMap((link) =>
        !isUnreadable(link.peer) && link.peer.where === 'node'
          ? [`link/pod/${word(name)}/${word(link.name)} link/node/${word(node)}/${word(link.peer.name)}`]
          : [],
      ),
    );
    expect(inFacts).toHaveLength(200);
    expect(drawn.sort()).toEqual(inFacts.sort());
    expect(complaints).toEqual([]);
    // In about 1 s where nothing else runs.
    expect(loadedInMs).toBeLessThan(6_000);
    await page.close();
  });
});
