/** The page as it is sent: without anything of the user's, but in his language. */
import type { Locale } from '../../core/config/pick-locale.ts';
import { liveWords } from '../../core/live/live-words.ts';

export function renderPage(locale: Locale): string {
  const words = liveWords(locale);
  // A closing tag among the words would end the script before them.
  const json = JSON.stringify({ locale, words }).replaceAll('<', '\\u003c');
  return `<!doctype html>
<html lang="${locale}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${words.title}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="page.css">
<script type="application/json" id="words">${json}</script>
<script type="module" src="page.js"></script>
</head>
<body><div id="page"></div><noscript>${words.page.noScript}</noscript></body>
</html>
`;
}
