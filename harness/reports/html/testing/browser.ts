import axe from 'axe-core';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { env } from 'node:process';
import { pathToFileURL } from 'node:url';
import { chromium, type Browser, type Locator, type Page } from 'playwright-core';

/** A page in headless Chromium, with what went wrong on it and what it asked of a network. */
export interface OpenedPage {
  readonly page: Page;
  readonly complaints: readonly string[];
  readonly requests: readonly string[];
  readonly loadedInMs: number;
}

export interface Reader extends AsyncDisposable {
  /** Opens a page from disk, as its reader does. */
  open(html: string, look?: { readonly dark?: boolean; readonly width?: number }): Promise<OpenedPage>;
}

/** The Chromium of this machine; CHROMIUM names another one than Debian's. */
export const openBrowser = async (): Promise<Reader> => {
  const folder = await mkdtemp(join(tmpdir(), 'netclaims-browser-'));
  const browser: Browser = await chromium.launch({
    executablePath: env.CHROMIUM ?? '/usr/bin/chromium',
    // It does not run as root otherwise.
    chromiumSandbox: false,
  });
  let pages = 0;
  return {
    async open(html, { dark = false, width = 1_280 } = {}) {
      const file = join(folder, `${(pages += 1)}.html`);
      await writeFile(file, html);
      const page = await browser.newPage({
        viewport: { width, height: 900 },
        colorScheme: dark ? 'dark' : 'light',
        reducedMotion: 'reduce',
      });
      const complaints: string[] = [];
      const requests: string[] = [];
      page.on('console', (message) => {
        if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
      });
      page.on('pageerror', (error) => complaints.push(error.message));
      page.on('request', (request) => requests.push(request.url()));
      // What the page's policy refuses is announced, and never sent.
      page.on('requestfailed', (request) => {
        if (request.failure()?.errorText === 'csp') requests.splice(requests.indexOf(request.url()), 1);
      });
      const began = performance.now();
      await page.goto(pathToFileURL(file).href);
      return { page, complaints, requests, loadedInMs: performance.now() - began };
    },
    async [Symbol.asyncDispose]() {
      await browser.close();
      await rm(folder, { recursive: true });
    },
  };
};

/** What axe finds on a page that is at least serious, as `rule: element`. */
export const seriousFindings = async (page: Page): Promise<readonly string[]> => {
  // Evaluated rather than added as a script, which the page's policy would refuse.
  await page.evaluate(axe.source);
  const found = await page.evaluate<axe.AxeResults>('axe.run()');
  return found.violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) =>
      nodes.map((node) => `${id}: ${node.html.slice(0, 200)} ${node.failureSummary ?? ''}`),
    );
};

/** An attribute of all elements of a locator. */
export const attributesOf = async (all: Locator, name: string): Promise<readonly (string | null)[]> =>
  all.evaluateAll(attributes, name);

/** What runs in the browser; the types of its world are not among ours. */
const attributes = (
  all: readonly { getAttribute(name: string): string | null }[],
  name: string,
): readonly (string | null)[] => all.map((one) => one.getAttribute(name));

/** Opens everything that can be opened. */
export const openDetails = async (page: Page): Promise<void> => {
  await page.evaluate('for (const one of document.querySelectorAll("details")) one.open = true');
};
