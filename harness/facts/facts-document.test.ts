import { describe, expect, it } from '@jest/globals';
import { readFile } from 'node:fs/promises';
import { factTypes } from '../domain/fact-table.js';
import { factsDocument } from './facts-document.js';

describe('docs/facts.md', () => {
  it('is what the table of facts makes it; `npm run generate` writes it', async () => {
    const committed = await readFile(new URL('../../docs/facts.md', import.meta.url), 'utf8');
    expect(committed).toBe(factsDocument());
  });

  it('has each type and each of its fields', () => {
    const lines = factsDocument().split('\n');
    for (const [name, { fields }] of Object.entries(factTypes)) {
      expect(lines).toContain(`## ${name}`);
      const section = lines.slice(lines.indexOf(`## ${name}`) + 1);
      const end = section.findIndex((line) => line.startsWith('## '));
      const rows = section.slice(0, end < 0 ? undefined : end).filter((line) => line.startsWith('| `'));
      expect(rows.map((row) => row.split('`')[1])).toEqual(Object.keys(fields));
    }
  });
});
