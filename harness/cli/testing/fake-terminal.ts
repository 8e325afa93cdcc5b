import type { CommandResult } from '../../domain/cluster.js';
import type { Terminal } from '../terminal.js';
import type { Workshop } from '../workshop.js';

/** A terminal that keeps what is written to it. */
export interface FakeTerminal extends Terminal {
  readonly written: { result: string; progress: string };
}

const plain = { colour: false, live: false, columns: 100 };

export const fakeTerminal = (parts: Partial<Terminal> = {}): FakeTerminal => {
  const written = { result: '', progress: '' };
  return {
    written,
    result: (text) => void (written.result += text),
    progress: (text) => void (written.progress += text),
    resultLost: () => new AbortController().signal,
    resultStyle: plain,
    progressStyle: plain,
    folder: '/nowhere',
    providers: [],
    workshop: fakeWorkshop(),
    signal: new AbortController().signal,
    ...parts,
  };
};

export const fakeWorkshop = (parts: Partial<Workshop> = {}): Workshop => ({
  missing: () => Promise.resolve([]),
  preferred: () => Promise.resolve([]),
  apt: () => Promise.resolve(undefined),
  ...parts,
});

export const aptAnswer = (exitCode: number, stderr = ''): CommandResult => ({ exitCode, stdout: '', stderr });
