import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { totalsOf, type Report } from '../domain/report.js';
import { correctDocument, type Correction } from '../tutorial/update/correct-document.js';
import { badgeText, stampDocument, stampText } from '../tutorial/update/stamp.js';
import type { Tutorial } from './read-tutorials.js';
import type { Terminal } from './terminal.js';

export interface TutorialWrites {
  readonly update: boolean;
  readonly stamp: boolean;
  readonly badge?: string;
}

/**
 * Writes what a run says into the documents: outputs that were not right, and when all of it was last seen to be true. A document without changes is not
 * written.
 */
export const writeDocuments = async (
  tutorials: readonly Tutorial[],
  corrections: ReadonlyMap<string, readonly Correction[]>,
  report: Report,
  { update, stamp, badge }: TutorialWrites,
  { folder, progress }: Terminal,
): Promise<void> => {
  for (const { file, text } of tutorials) {
    const own = report.scenarios.filter((section) => section.file === file);
    const { refuted, unknown } = totalsOf(own);
    const changes = update ? (corrections.get(file) ?? []) : [];
    const corrected = changes.length === 0 ? text : correctDocument(text, changes);
    const isTrue = refuted + unknown === 0 && own.length > 0;
    const stamped = stamp && isTrue ? stampDocument(corrected, stampText(report)) : corrected;
    if (stamp && !isTrue) progress(`${file} is not stamped: not all of it holds\n`);
    if (stamped === text) continue;
    await writeFile(resolve(folder, file), stamped);
    progress(
      `${file} is rewritten: ${[...(changes.length === 0 ? [] : [`${changes.length} outputs`]), ...(stamped === corrected ? [] : ['the stamp'])].join(', ')}\n`,
    );
  }
  if (badge !== undefined) await writeFile(resolve(folder, badge), badgeText(report));
};
