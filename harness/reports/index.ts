import type { Report } from '../domain/report.js';
import { renderGithub } from './github.js';
import { renderJson } from './json.js';
import { renderJunit } from './junit.js';
import { renderMarkdown } from './markdown.js';
import { renderTap } from './tap.js';
import { renderTerminal } from './terminal.js';

/** The formats of `--report FORMAT=FILE`. A new one is one file, one line here and one golden report. */
export const reportFormats = {
  json: renderJson,
  // Its layout library takes a while to load, which no other run is to wait for.
  html: async (report: Report) => (await import('./html/page.js')).renderHtml(report),
  junit: renderJunit,
  tap: renderTap,
  markdown: renderMarkdown,
  github: renderGithub,
  terminal: (report: Report) => renderTerminal(report, { columns: 100, colour: false, detail: 'normal' }),
} as const satisfies Readonly<Record<string, (report: Report) => string | Promise<string>>>;

export type ReportFormat = keyof typeof reportFormats;
