// Draws what a command has printed to a terminal, colours and all, as a picture for the README:
// `FORCE_COLOR=1 node dist/cli.js demo | node scripts/draw-terminal.mjs 'npm run demo' > docs/pictures/demo.svg`
import { text as readAll } from 'node:stream/consumers';
import { stripVTControlCharacters } from 'node:util';

const [CHAR, LINE, MARGIN, BAR] = [8.4, 19, 18, 34];
const COLOURS = {
  31: '#ff7b72',
  32: '#7ee787',
  33: '#e3b341',
  34: '#79c0ff',
  35: '#d2a8ff',
  36: '#56d4dd',
  90: '#8b949e',
};
const ESCAPE = String.fromCharCode(27);
const STYLE = new RegExp(`(${ESCAPE}\\[[\\d;]*m)`);

const title = process.argv[2] ?? '';
const lines = (await readAll(process.stdin)).trimEnd().split('\n');
const columns = Math.max(60, ...lines.map((line) => columnsOf(stripVTControlCharacters(line))));
const [width, height] = [Math.ceil(columns * CHAR + 2 * MARGIN), lines.length * LINE + BAR + 2 * MARGIN];

console.log(
  [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img">`,
    `<title>${escaped(title)}</title>`,
    `<rect width="${width}" height="${height}" rx="8" fill="#0d1117"/>`,
    ...['#ff5f56', '#ffbd2e', '#27c93f'].map(
      (fill, at) => `<circle cx="${22 + 20 * at}" cy="20" r="6" fill="${fill}"/>`,
    ),
    `<g font-family="ui-monospace,SFMono-Regular,Menlo,Consolas,monospace" font-size="14" fill="#e6edf3">`,
    `<text x="${width / 2}" y="25" text-anchor="middle" fill="#8b949e">${escaped(title)}</text>`,
    ...drawLines(lines),
    '</g>',
    '</svg>',
  ].join('\n'),
);

function drawLines(all) {
  let style = {};
  return all.map((line, at) => {
    const pieces = line.split(STYLE);
    let column = 0;
    const drawn = pieces.map((piece) => {
      if (piece.startsWith(ESCAPE)) {
        style = piece.slice(2, -1).split(';').reduce(withCode, style);
        return '';
      }
      // Each at its own place: fonts disagree on how wide a box or an arrow is.
      const x = MARGIN + column * CHAR;
      column += columnsOf(piece);
      return piece.trim() === ''
        ? ''
        : `<tspan x="${x.toFixed(1)}"${attributesOf(style)}>${escaped(piece)}</tspan>`;
    });
    return `<text y="${BAR + MARGIN + (at + 0.75) * LINE}">${drawn.join('')}</text>`;
  });
}

function withCode(style, code) {
  if (code === '' || code === '0') return {};
  if (code === '1') return { ...style, bold: true };
  if (code === '2') return { ...style, dim: true };
  if (code === '22') return { ...style, bold: false, dim: false };
  if (code === '39') return { ...style, colour: undefined };
  return COLOURS[code] ? { ...style, colour: COLOURS[code] } : style;
}

function attributesOf({ bold, dim, colour }) {
  const fill = colour ?? (dim ? '#8b949e' : undefined);
  return `${fill ? ` fill="${fill}"` : ''}${bold ? ' font-weight="bold"' : ''}`;
}

/** Korean and other wide characters take two. */
function columnsOf(line) {
  return [...line].reduce(
    (sum, one) => sum + (/[\u1100-\u115f\u2e80-\u9fff\uac00-\ud7a3\uff00-\uff60]/.test(one) ? 2 : 1),
    0,
  );
}

function escaped(string) {
  // Blanks at the edge of a piece would go, and several would become one.
  return string
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll(' ', '\u00a0');
}
