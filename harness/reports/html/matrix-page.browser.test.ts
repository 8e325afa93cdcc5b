import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readFile } from 'node:fs/promises';
import type { Matrix } from '../../domain/matrix.js';
import { renderMatrixHtml } from './matrix-page.js';
import { openBrowser, seriousFindings, type Reader } from './testing/browser.js';

let browser: Reader;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(async () => {
  await browser[Symbol.asyncDispose]();
});

/** That of the reference plugins, as it is committed. */
const committed = async () => JSON.parse(await readFile('docs/matrix.json', 'utf8')) as Matrix;

const hostile = '</style><script>document.title = "mine"</script>\u001b[2J" onload="x';

describe('the page of a matrix', () => {
  it.each([
    ['light and wide', {}],
    ['dark and narrow', { dark: true, width: 390 }],
  ])(
    'has nothing to complain of, asks for nothing and can be used by everybody: %s',
    async (_, look) => {
      const matrix = await committed();
      const [claim] = matrix.claims;
      if (claim === undefined) throw new Error('no claim');
      const difference = { network: 'ptp', claim: claim.name, expectation: undefined };
      const html = renderMatrixHtml(
        { ...matrix, claims: [...matrix.claims, { ...claim, name: 'hostile', claim: hostile }] },
        [{ ...difference, expected: 'refuted', found: 'holds' }],
      );
      const { page, complaints, requests } = await browser.open(html, look);
      for (const box of ['what is the same too', 'every expectation']) {
        expect(await seriousFindings(page)).toEqual([]);
        await page.getByLabel(box).click();
      }
      expect(await page.title()).toBe('netclaims matrix');
      expect(complaints).toEqual([]);
      expect(requests.filter((url) => !url.startsWith('file:'))).toEqual([]);
      const sideways = await page.evaluate(
        'document.documentElement.scrollWidth - document.documentElement.clientWidth',
      );
      expect(sideways).toBeLessThanOrEqual(0);
      expect(await page.locator('td.unexpected').allInnerTexts()).toEqual([
        expect.stringMatching(/was refuted$/),
      ]);
      await page.close();
    },
    180_000,
  );

  it('has every claim once, what differs first, with the expectations that do', async () => {
    const matrix = await committed();
    const { page } = await browser.open(renderMatrixHtml(matrix));
    const names = await page.locator('tbody tr:first-child th b').allInnerTexts();
    expect(names.toSorted()).toEqual(matrix.claims.map(({ name }) => name).toSorted());
    const differing = await page.locator('tbody.differs').count();
    expect(differing).toBeGreaterThan(0);
    expect(await page.locator(`tbody.differs:nth-of-type(-n + ${differing})`).count()).toBe(differing);
    const cells = async (name: string) =>
      page
        .locator('tbody', { has: page.locator(`b:text-is("${name}")`) })
        .locator('tr:first-child td')
        .allInnerTexts();
    for (const { name, verdicts } of matrix.claims.slice(0, 5)) {
      const found = (await cells(name)).map((text) => text.replace(/^[^a-z]+/, '').replace(' ', '-'));
      expect(found).toEqual(matrix.networks.map((network) => verdicts[network]));
    }
    expect(await page.locator('.part:visible').count()).toBeLessThan(await page.locator('.part').count());
    await page.getByLabel('every expectation').click();
    expect(await page.locator('.part:visible').count()).toBe(await page.locator('.part').count());
    await page.getByLabel('what is the same too').click();
    expect(await page.locator('tbody:visible').count()).toBe(differing);
    await page.close();
  });
});
