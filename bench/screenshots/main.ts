import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { packageFile } from '../../harness/clusters/package-file.js';
import type { Report } from '../../harness/domain/report.js';
import { openBrowser } from '../../harness/reports/html/testing/browser.js';
import { renderTerminal } from '../../harness/reports/terminal.js';
import { founding } from '../../harness/e2e/founding.js';
import { startCli } from '../../harness/e2e/run-cli.js';
import { scratchFolder } from '../../harness/e2e/scratch-folder.js';
import { terminalPage } from './terminal-page.js';

/** Makes the pictures of the README from one real run on a containerd node: what the terminal prints, and the HTML report. */
const main = async (): Promise<void> => {
  await using folder = await scratchFolder();
  const file = (format: string) => join(folder.path, `report.${format}`);
  const jumbo = 'bench/screenshots/jumbo-frames.yaml';
  const { exitCode, stderr } = await startCli(
    ...['verify', jumbo, ...founding, '--cluster', 'containerd'],
    ...['json', 'html'].flatMap((format) => ['--report', `${format}=${file(format)}`]),
  ).ended;
  // One claim is not so, to show what that looks like.
  if (exitCode !== 1) throw new Error(`the run ended with ${exitCode}\n${stderr}`);
  const report = JSON.parse(await readFile(file('json'), 'utf8')) as Report;
  const html = await readFile(file('html'), 'utf8');
  const text = renderTerminal(report, { columns: 100, colour: true, detail: 'normal' });

  await using browser = await openBrowser();
  const to = (name: string) => packageFile('docs', 'screenshots', name);
  for (const [scheme, dark] of [
    ['light', false],
    ['dark', true],
  ] as const) {
    const terminal = await browser.open(terminalPage(text), { dark, width: 900 });
    await terminal.page.locator('pre').screenshot({ path: to(`terminal-${scheme}.png`) });
    const page = await browser.open(html, { dark, width: 1_100 });
    await page.page.getByRole('button', { name: 'show mtu in the picture' }).click();
    await page.page.evaluate('scrollTo(0, 0)');
    await page.page.screenshot({
      path: to(`report-${scheme}.png`),
      clip: { x: 0, y: 0, width: 1_100, height: 1_480 },
      fullPage: true,
    });
  }
  const narrow = await browser.open(html, { width: 390 });
  await narrow.page.screenshot({ path: to('report-narrow.png') });
};

await main();
