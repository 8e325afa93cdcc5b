import { createHash } from 'node:crypto';
import type { Report } from '../../domain/report.js';
import { pictureStyle } from '../picture/picture-style.js';
import { Markup, markup } from '../picture/markup.js';
import { clientScript } from './client-script.js';
import { pageStyle } from './page-style.js';
import { scenarioArticle } from './scenario.js';
import { summary } from './summary.js';

/** Of more scenarios than this, only those that do not hold show at once what was seen. */
const mostOpen = 10;

/**
 * A report as one file that opens from disk: it loads nothing and runs nothing but its own script, whatever the containers printed that
 * it shows. All of it can be read without the script as well, which filters and highlights.
 */
export const renderHtml = (report: Report): string => {
  const style = pageStyle + pictureStyle;
  const policy = [
    "default-src 'none'",
    `style-src '${hashOf(style)}'`,
    `script-src '${hashOf(clientScript)}'`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  const { scenarios } = report;
  const articles = scenarios.map((scenario, index) =>
    scenarioArticle(scenario, index, scenarios.length <= mostOpen || !isFine(scenario.verdict)),
  );
  return markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>netclaims report</title>
<style>${new Markup(style)}</style>
</head>
<body>
${summary(report)}<main>
${articles}</main>
<footer class="aside">Judged from the facts in this report by netclaims ${report.tool.version}. Each fact has its command: paste it, and look for yourself.</footer>
<script>${new Markup(clientScript)}</script>
</body>
</html>
`.text;
};

const isFine = (verdict: string): boolean => verdict === 'holds' || verdict === 'not-applicable';

const hashOf = (text: string): string => `sha256-${createHash('sha256').update(text).digest('base64')}`;
