// One line as a call starts, one as it ends: agent, arrow, where, why or how long.
import { bareName } from '../calls/bare-name.ts';
import type { CallNews } from '../calls/call-news.ts';
import { formatSeconds } from './format.ts';
import type { Look } from './look.ts';

const AGENT_WIDTH = 14;
const PLACE_WIDTH = 24;

export function renderNews(news: CallNews, { words, colours }: Look): string {
  const { call, decision } = news;
  const agent = bareName(call.agent).padEnd(AGENT_WIDTH);
  const route = decision?.route === true;
  const place = route ? `${decision.provider}/${decision.model}` : words.claude;
  const shown = (route ? colours.cyan : colours.yellow)(place.padEnd(PLACE_WIDTH));
  if (news.kind === 'started') {
    return `  ${colours.dim('→')} ${agent} ${shown} ${colours.dim(decision?.reason ?? words.unknownReason)}`;
  }
  const mark = call.isError || decision?.failed ? colours.red('✗') : colours.green('✓');
  const seconds = formatSeconds((call.endedAt ?? call.startedAt) - call.startedAt);
  return `  ${mark} ${agent} ${shown} ${[seconds, decision?.failed].filter(Boolean).join('  ')}`;
}
