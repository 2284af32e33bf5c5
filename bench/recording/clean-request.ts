/** A model request as it may be kept: its form, what the session itself said, and of long texts their ends. */
import type { IsolatedHome } from '../../src/simulation/isolated-home.ts';

/** Of whoever sent it. */
const LEFT_OUT = 'metadata';
const LONGEST = 400;
const LONGEST_DESCRIPTION = 80;
/** What says which model answers is what the tests are about. */
const TELLING = /You are powered by|Co-Authored-By|knowledge cutoff|x-anthropic-|You are a Claude agent/;
const UUID = /\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/g;

export function cleanRequest(body: unknown, { root, home, projectDir }: IsolatedHome): unknown {
  const places: readonly (readonly [string, string])[] = [
    [projectDir, '/project/till'],
    [home, '/user/home'],
    [root, '/user'],
    [projectDir.replaceAll(/[^A-Za-z0-9]/g, '-'), '-project-till'],
  ];
  const clean = (key: string, value: unknown): unknown => {
    if (key === LEFT_OUT) return undefined;
    if (typeof value !== 'string' || key === 'data') return value;
    const text = places.reduce((all, [from, to]) => all.replaceAll(from, to), value);
    const longest = key === 'description' ? LONGEST_DESCRIPTION : LONGEST;
    return shorten(text.replaceAll(UUID, '00000000-0000-4000-8000-000000000000'), longest);
  };
  return JSON.parse(JSON.stringify(body, clean));
}

function shorten(text: string, longest: number): string {
  if (text.length <= longest) return text;
  const end = longest / 2;
  const telling = text
    .slice(end, -end)
    .split('\n')
    .filter((line) => TELLING.test(line));
  return [text.slice(0, end), '…', ...telling, '…', text.slice(-end)].join('\n');
}
