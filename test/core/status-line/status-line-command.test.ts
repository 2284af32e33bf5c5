import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  parseStatusLineCommand,
  renderStatusLineCommand,
} from '../../../src/core/status-line/status-line-command.ts';

const PROGRAM = "/home/it's me/node_modules/oh-my-claude-money/plugin/dist/status-line.cjs";

describe('the command of the status line', () => {
  it('gives back the one that it was put around, whatever stands in it', () => {
    const commands = fc.string().filter((text) => !text.includes('\0'));
    fc.assert(
      fc.property(commands, (around) => {
        const command = renderStatusLineCommand({ interpreter: 'node', program: PROGRAM, around });
        expect(parseStatusLineCommand(command)).toEqual({ around });
      }),
    );
  });

  it('is one that a shell takes apart as it was put together', () => {
    const around = `printf '%s' "it's $HOME" | tr a b`;
    const command = renderStatusLineCommand({ interpreter: 'printf', program: '%s|', around });
    expect(execFileSync('sh', ['-c', command], { encoding: 'utf8' })).toBe(`--wrap|${around}|`);
  });

  it('is told from those of others', () => {
    expect(parseStatusLineCommand('node ~/.claude/status-line.cjs')).toBe(null);
    for (const program of [PROGRAM, '/x/plugin/scripts/status-line.sh']) {
      const own = renderStatusLineCommand({ interpreter: 'sh', program, around: null });
      expect(parseStatusLineCommand(own)).toEqual({ around: null });
    }
  });
});
