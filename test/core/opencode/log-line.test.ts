import { describe, expect, it } from 'vitest';
import { readLogLine } from '../../../src/core/opencode/log-line.ts';

const at = 'timestamp=2026-11-22T17:19:59.813Z';
const line = (level: string, rest: string) => `${at} level=${level} run=56e9e73d ${rest}`;

describe("a line of OpenCode's log", () => {
  it.each([
    [line('INFO', 'message=bootstrapping directory="/a b/c"'), { kind: 'booted' }],
    [line('INFO', 'message=loop session.id=ses_1 step=0'), { kind: 'step', session: 'ses_1' }],
    [
      line(
        'INFO',
        'message=stream providerID=openai modelID=gpt-5.2 session.id=ses_1 small=false agent=omcm-x mode=primary',
      ),
      { kind: 'asked', session: 'ses_1', agent: 'omcm-x' },
    ],
    [
      line(
        'ERROR',
        'message="stream error" session.id=ses_1 agent=omcm-x error.error="AI_APICallError: Rate limit \\"reached\\""',
      ),
      { kind: 'complaint', session: 'ses_1', message: 'Rate limit "reached"' },
    ],
    [
      line(
        'ERROR',
        'message=failed ref=err_4 error="ProviderModelNotFoundError: Model not found: openai/nope." cause="x"',
      ),
      { kind: 'error', message: 'Model not found: openai/nope.' },
    ],
    [
      line('ERROR', 'message=process session.id=ses_1 error=Aborted stack=undefined'),
      { kind: 'error', message: 'Aborted' },
    ],
  ])('%s', (text, news) => {
    expect(readLogLine(text)).toEqual(news);
  });

  it.each([
    '',
    'just talk',
    'message=loop session.id=ses_1',
    line('INFO', 'message=init'),
    line('INFO', 'message=loop step=0'),
    line('INFO', 'message=created title="message=loop session.id=ses_1"'),
    line('WARN', 'message="background dependency install failed" error="Cause([Fail(x)])"'),
    line('ERROR', 'message=nothing'),
    line('ERROR', 'message="unclosed'),
  ])('that says nothing to us: %j', (text) => {
    expect(readLogLine(text)).toBeNull();
  });
});
