import { createHash } from 'node:crypto';
import { Markup, markup } from '../picture/markup.js';

/** What a page is made of. `script` is the only one that may run. */
export interface PageParts {
  readonly title: string;
  readonly style: string;
  readonly script: string | undefined;
  readonly body: Markup;
}

/** A whole page as one file that opens from disk: its policy lets it load nothing, and run nothing but its own script. */
export const htmlDocument = ({ title, style, script, body }: PageParts): string => {
  const policy = [
    "default-src 'none'",
    `style-src '${hashOf(style)}'`,
    ...(script === undefined ? [] : [`script-src '${hashOf(script)}'`]),
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  return markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${title}</title>
<style>${new Markup(style)}</style>
</head>
<body>
${body}${
    script === undefined
      ? undefined
      : markup`<script>${new Markup(script)}</script>
`
  }</body>
</html>
`.text;
};

const hashOf = (text: string): string => `sha256-${createHash('sha256').update(text).digest('base64')}`;
