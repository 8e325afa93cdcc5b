import type { Report } from '../../domain/report.js';
import { pictureStyle } from '../picture/picture-style.js';
import { markup } from '../picture/markup.js';
import { clientScript } from './client-script.js';
import { htmlDocument } from './document.js';
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
  const { scenarios } = report;
  const articles = scenarios.map((scenario, index) =>
    scenarioArticle(scenario, index, scenarios.length <= mostOpen || !isFine(scenario.verdict)),
  );
  return htmlDocument({
    title: 'netclaims report',
    style: pageStyle + pictureStyle,
    script: clientScript,
    body: markup`${summary(report)}<main>
${articles}</main>
<footer class="aside">Judged from the facts in this report by netclaims ${report.tool.version}. Each fact has its command: paste it, and look for yourself.</footer>
`,
  });
};

const isFine = (verdict: string): boolean => verdict === 'holds' || verdict === 'not-applicable';
