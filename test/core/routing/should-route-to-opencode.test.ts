import { describe, expect, it } from 'vitest';
import {
  type RouteOptions,
  shouldRouteToOpenCode,
  type ToolInput,
} from '../../../src/core/routing/should-route-to-opencode.ts';
import { NOW, reading } from './route-input.ts';

const architect = { subagent_type: 'oh-my-claudecode:architect', prompt: 'Look at it.' };
const ask = (toolInput: ToolInput, options: RouteOptions = {}) =>
  shouldRouteToOpenCode(toolInput, options, NOW);

function limits(percent: number, resetsAt: unknown = (NOW + 60_000) / 1000) {
  return { claude: { fiveHour: { percent, resetsAt } } };
}

describe('shouldRouteToOpenCode', () => {
  it("answers in the seed's shape", () => {
    expect(ask(architect, { limits: limits(92) })).toEqual({
      route: true,
      reason: 'claude-limit-92%',
      targetModel: { id: 'gpt-5.2', name: 'GPT-5.2' },
      opencodeAgent: 'Oracle',
      target: { provider: 'openai', model: 'gpt-5.2', name: 'GPT-5.2', opencodeProvider: 'openai' },
    });
  });

  it('keeps everything on Claude when nothing is said', () => {
    expect(ask(architect)).toEqual({
      route: false,
      reason: 'default',
      targetModel: null,
      opencodeAgent: null,
      target: null,
    });
  });

  it.each([
    ['a mode', { mode: 'fusionDefault' }, 'fusion-default-architect'],
    ['the configuration', { config: { fusionDefault: true } }, 'fusion-default-architect'],
    ['the fallback switch', { fallbackActive: true }, 'fallback-active'],
    ['the fallback state', { fallback: { active: true } }, 'fallback-active'],
    ['the fallback state file', { fallback: { fallbackActive: true } }, 'fallback-active'],
    ['readings', { quota: { fiveHour: reading(96), weekly: null } }, 'claude-limit-96%'],
  ])('routes by %s', (_, options, reason) => {
    expect(ask(architect, options)).toMatchObject({ route: true, reason });
  });

  it('counts only models that are connected', () => {
    expect(ask(architect, { mode: 'fusion', connectedModels: ['google/gemini-3-flash'] }).reason).toBe(
      'no-model-oracle',
    );
    expect(ask(architect, { mode: 'fusion', connectedModels: ['openai/gpt-5.2'] }).route).toBe(true);
  });

  it('asks for permission where a permission mode is given', () => {
    const options = { mode: 'fusion', permissionMode: 'default' };
    expect(ask({ subagent_type: 'executor' }, options).reason).toBe('permission-writes-not-delegated');
  });

  it('judges readings by the time that it is given', () => {
    expect(ask(architect, { limits: limits(92), now: NOW + 120_000 }).reason).toBe('default');
  });

  it.each([
    ['no agent', {}, 'unknown-agent'],
    ['an agent that is no text', { subagent_type: 7 }, 'unknown-agent'],
    ['no input', null, 'decision-failed'],
    ['a number', 5, 'unknown-agent'],
  ])('stays on Claude for %s', (_, toolInput, reason) => {
    expect(ask(toolInput as unknown as ToolInput, { mode: 'fusion' })).toMatchObject({
      route: false,
      reason,
    });
  });

  it('stays on Claude for options that cannot be read', () => {
    const hostile = {
      get config(): never {
        throw new Error('no');
      },
    };
    const options: unknown[] = [
      null,
      hostile,
      { config: { routing: { preferClaude: 5 } } },
      { connectedModels: 5 },
    ];
    for (const option of options) {
      expect(ask(architect, option as RouteOptions)).toMatchObject({
        route: false,
        reason: 'decision-failed',
      });
    }
  });
});
