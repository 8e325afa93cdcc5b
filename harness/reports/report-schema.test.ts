import { describe, expect, it } from '@jest/globals';
import { readFile } from 'node:fs/promises';
import { allHolds, everyVerdict } from './golden/every-verdict.js';
import { renderJson } from './json.js';
import { schemaErrors } from './read-report.js';
import { reportSchema } from './report-schema.js';

type JsonObject = Record<string, unknown>;

/** Every object in a value, with a pointer to it. */
const objectsIn = (value: unknown, pointer = ''): readonly (readonly [string, JsonObject])[] => {
  if (typeof value !== 'object' || value === null) return [];
  const below = Object.entries(value).flatMap(([key, item]) => objectsIn(item, `${pointer}/${key}`));
  return Array.isArray(value) ? below : [[pointer, value as JsonObject], ...below];
};

/** Objects keyed by name, or as a tool printed them: these may have any keys. */
const isOpen = (pointer: string): boolean =>
  /\/(let|observations|probes|pods|nodes|sources|containers|link|labels|ipam|result(\/.*)?)$/.test(pointer);

/** Only some worlds have the first four, and no report of an older run the others. */
const optional: ReadonlySet<string> = new Set([
  'footprint',
  'cleanup',
  'probesRead',
  'control',
  'missed',
  'diagnosis',
  'notApplicable',
  'labels',
  'line',
]);

describe('the report schema', () => {
  it('is what schema/report.schema.json holds (npm run generate rewrites it)', async () => {
    const committed = await readFile(new URL('../../schema/report.schema.json', import.meta.url), 'utf8');
    expect(committed).toBe(`${JSON.stringify(reportSchema, undefined, 2)}\n`);
  });

  it('allows the golden reports', () => {
    expect(schemaErrors(JSON.parse(renderJson(everyVerdict)))).toEqual([]);
    expect(schemaErrors(JSON.parse(renderJson(allHolds)))).toEqual([]);
  });

  it('misses every key that is left out, and sees every key that is too many', () => {
    const report: unknown = JSON.parse(renderJson(everyVerdict));
    const kinds = new Set<string>();
    // The same keys under the same name are described by the same schema; one of each is enough.
    const closed = objectsIn(report).filter(([pointer, object]) => {
      const kind = [pointer.replace(/^.*\/(?=[a-z]+\/[^/]+$)/, ''), ...Object.keys(object)].join();
      if (isOpen(pointer) || kinds.has(kind)) return false;
      kinds.add(kind);
      return true;
    });
    const overlooked = closed.flatMap(([pointer, object]) => {
      const entries = Object.entries(object);
      const clear = () => {
        for (const key of Object.keys(object)) Reflect.deleteProperty(object, key);
      };
      const without = entries
        .filter(([key]) => !optional.has(key))
        .flatMap(([key]) => {
          clear();
          Object.assign(object, Object.fromEntries(entries.filter(([other]) => other !== key)));
          return schemaErrors(report).length > 0 ? [] : [`without ${pointer}/${key}`];
        });
      clear();
      Object.assign(object, Object.fromEntries(entries), { more: 1 });
      const tooMany = schemaErrors(report).length > 0 ? [] : [`more in ${pointer}`];
      Reflect.deleteProperty(object, 'more');
      return [...without, ...tooMany];
    });
    expect(closed.length).toBeGreaterThan(40);
    expect(overlooked).toEqual([]);
    expect(schemaErrors(report)).toEqual([]);
  }, 30_000);
});
