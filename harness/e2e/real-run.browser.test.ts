import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isUnreadable } from '../domain/fact-types.js';
import type { Observation } from '../domain/observation.js';
import type { Report } from '../domain/report.js';
import type { WorldReport } from '../domain/world-report.js';
import {
  attributesOf,
  openBrowser,
  openDetails,
  seriousFindings,
  type OpenedPage,
  type Reader,
} from '../reports/html/testing/browser.js';
import { itemsOf } from '../domain/fact-items.js';
import { word } from '../reports/topology/fact-words.js';
import { packageFile } from '../clusters/package-file.js';
import { startCli } from './run-cli.js';
import { scratchFolder } from './scratch-folder.js';

/** In its worlds there are veth pairs of pods and nodes, one with both ends in a pod, one that goes away, and pods without any. */
const scenario = packageFile('scenarios', 'veth-presence.yaml');

let browser: Reader;
let folder: Awaited<ReturnType<typeof scratchFolder>>;
let report: Report;
let opened: OpenedPage;
beforeAll(async () => {
  [browser, folder] = await Promise.all([openBrowser(), scratchFolder()]);
  const file = (format: string) => join(folder.path, `report.${format}`);
  const { exitCode, stderr } = await startCli(
    ...['verify', scenario, '--cluster', 'containerd'],
    ...['json', 'html'].flatMap((format) => ['--report', `${format}=${file(format)}`]),
  ).ended;
  expect([exitCode, stderr]).toEqual([0, expect.any(String)]);
  report = JSON.parse(await readFile(file('json'), 'utf8')) as Report;
  opened = await browser.open(await readFile(file('html'), 'utf8'));
}, 240_000);
afterAll(async () => {
  await browser[Symbol.asyncDispose]();
  await folder[Symbol.asyncDispose]();
});

/** The veth pairs of an observation as its JSON has them, by the ends that a pod's links tell of. */
const pairsIn = ({ pods }: Observation): readonly string[] => {
  const pairs = Object.values(pods)
    .filter(({ hostNetwork }) => hostNetwork !== true)
    .flatMap(({ name, node, links }) =>
      itemsOf(links).flatMap((link) => {
        if (isUnreadable(link.peer)) return [];
        const own = `link/pod/${word(name)}/${word(link.name)}`;
        switch (link.peer.where) {
          case 'node':
            return [[own, `link/node/${word(node)}/${word(link.peer.name)}`]];
          case 'same-netns':
            return [[own, `link/pod/${word(name)}/${word(link.peer.name)}`]];
          default:
            return [];
        }
      }),
    );
  return [...new Set(pairs.map((ends) => ends.toSorted().join(' ')))].toSorted();
};

const worlds = (): readonly WorldReport[] =>
  report.scenarios.flatMap((one) => [
    one,
    ...one.controls.filter((control) => control.notApplicable === undefined),
  ]);

describe('the page of a real run', () => {
  it('draws exactly the veth pairs that the JSON has, in each observation of each world', async () => {
    const { page } = opened;
    const places = page.locator('.world');
    expect(await places.count()).toBe(worlds().length);
    let pairs = 0;
    for (const [index, world] of worlds().entries()) {
      for (const observation of Object.values(world.observations)) {
        const wires = places.nth(index).locator(`.scene[data-observation="${observation.name}"] .wire.veth`);
        const [from, to] = [await attributesOf(wires, 'data-from'), await attributesOf(wires, 'data-to')];
        const drawn = from.map((end, at) => [end ?? '', to[at] ?? ''].toSorted().join(' ')).toSorted();
        expect(drawn).toEqual(pairsIn(observation));
        pairs += drawn.length;
      }
    }
    expect(pairs).toBeGreaterThan(3);
  });

  it('has nothing to complain of, asks for nothing and can be used by everybody', async () => {
    const { page, complaints, requests } = opened;
    await openDetails(page);
    expect(await seriousFindings(page)).toEqual([]);
    expect(complaints).toEqual([]);
    expect(requests.filter((url) => !url.startsWith('file:'))).toEqual([]);
  }, 180_000);

  it('says what came out as the terminal does', async () => {
    const { holds } = report.totals;
    expect(await opened.page.locator('h1').innerText()).toBe(`All ${holds} expectations hold`);
  });
});
