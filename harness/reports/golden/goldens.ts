import type { Report } from '../../domain/report.js';
import { renderFacts } from '../facts-text.js';
import { reportFormats } from '../index.js';
import { renderTerminal, type TerminalStyle } from '../terminal.js';
import { allHolds, everyVerdict } from './every-verdict.js';
import { observation } from './facts.js';
import { noCluster } from './no-cluster.js';

const terminal = (report: Report, style: Partial<TerminalStyle>): string =>
  renderTerminal(report, { columns: 100, colour: false, detail: 'normal', ...style });

/** The text of every golden report by its file's name. */
export const goldens: Readonly<Record<string, string>> = {
  'json.golden': reportFormats.json(everyVerdict),
  'junit.golden': await reportFormats.junit(everyVerdict),
  'tap.golden': reportFormats.tap(everyVerdict),
  'markdown.golden': reportFormats.markdown(everyVerdict),
  'github.golden': reportFormats.github(everyVerdict),
  'terminal.golden': reportFormats.terminal(everyVerdict),
  'terminal-wide.golden': terminal(everyVerdict, { columns: 180 }),
  'terminal-narrow.golden': terminal(everyVerdict, { columns: 44 }),
  'terminal-colour.golden': terminal(everyVerdict, { colour: true }),
  'terminal-verbose.golden': terminal(everyVerdict, { detail: 'verbose' }),
  'terminal-quiet.golden': terminal(everyVerdict, { detail: 'quiet' }),
  'terminal-no-cluster.golden': terminal(noCluster, {}),
  'terminal-all-holds.golden': terminal(allHolds, {}),
  'facts.golden': renderFacts(observation),
};
