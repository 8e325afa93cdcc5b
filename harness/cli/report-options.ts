import { Option } from 'commander';
import { reportFormats } from '../reports/index.js';
import type { TerminalDetail } from '../reports/terminal.js';
import { collect } from './cluster-options.js';

/** Of which at most one is given. */
export interface DetailFlags {
  readonly verbose?: true;
  readonly quiet?: true;
}

export const verbose = (): Option => new Option('--verbose', 'show every expectation').conflicts('quiet');

export const quiet = (): Option => new Option('--quiet', 'show only what does not hold');

export const detailOf = ({ verbose, quiet }: DetailFlags): TerminalDetail =>
  verbose === true ? 'verbose' : quiet === true ? 'quiet' : 'normal';

/** `--report FORMAT=FILE`, as often as there are reports to write. */
export const reportOption = (what: string, formats: readonly string[] = Object.keys(reportFormats)): Option =>
  new Option('--report <format=file>', `${what} (repeatable); the formats are ${formats.join(', ')}`)
    .default([], 'none')
    .argParser(collect);
