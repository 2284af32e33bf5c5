import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AGENTS } from '../../src/core/agents/catalogue.ts';
import { resolveAgent } from '../../src/core/agents/resolve-agent.ts';
import { NO_READINGS } from '../../src/core/quota/reading.ts';
import { decideRoute, explainRoute } from '../../src/core/routing/decide-route.ts';
import { settleMode } from '../../src/core/routing/mode.ts';
import { shouldRouteToOpenCode } from '../../src/core/routing/should-route-to-opencode.ts';
import { describePrompt } from '../../src/core/rules/describe-prompt.ts';
import { HOUR, models, NOW, number, routeInput } from './route-arbitraries.ts';

describe('a routing decision', () => {
  it('is made for any input, with a reason, and is the same each time', () => {
    fc.assert(
      fc.property(routeInput, (asked) => {
        const decision = decideRoute(asked);
        expect(decision.reason).not.toBe('');
        expect(decideRoute(structuredClone(asked))).toEqual(decision);
      }),
    );
  });

  it('never routes while routing is switched off', () => {
    fc.assert(
      fc.property(routeInput, (asked) => {
        const routing = { ...asked.rules.routing, enabled: false };
        expect(decideRoute({ ...asked, rules: { ...asked.rules, routing } }).route).toBe(false);
      }),
    );
  });

  it('has a model of a provider other than Claude exactly when it routes', () => {
    fc.assert(
      fc.property(routeInput, (asked) => {
        const { route, target, opencodeAgent } = decideRoute(asked);
        expect([target !== null, opencodeAgent !== null]).toEqual([route, route]);
        if (target === null) return;
        expect(target.model).not.toBe('');
        expect(target.name).not.toBe('');
        expect(['claude', 'anthropic', '']).not.toContain(target.provider);
      }),
    );
  });

  it('goes only to a model that is connected, where that is known', () => {
    fc.assert(
      fc.property(routeInput, models, (asked, connected) => {
        const { target } = decideRoute({ ...asked, connectedModels: new Set(connected) });
        if (target) expect(connected).toContain(`${target.opencodeProvider}/${target.model}`);
      }),
    );
  });

  it('is not changed by readings that are over', () => {
    const over = fc.oneof(
      fc.record({ percent: number, readAt: fc.constant(NOW - HOUR), resetsAt: fc.constant(NOW - 1) }),
      fc.record({
        percent: number,
        readAt: fc.constant(NOW - 8 * 24 * HOUR),
        resetsAt: fc.constant(NOW + HOUR),
      }),
      fc.record({ percent: number, readAt: fc.constant(NOW - 2 * HOUR), resetsAt: fc.constant(null) }),
    );
    fc.assert(
      fc.property(routeInput, over, over, (asked, fiveHour, weekly) => {
        const known = decideRoute({ ...asked, now: NOW, quota: { fiveHour, weekly } });
        expect(known).toEqual(decideRoute({ ...asked, now: NOW, quota: NO_READINGS }));
      }),
    );
  });

  it('never lets a role that writes out of a session in default mode that does not allow it', () => {
    fc.assert(
      fc.property(routeInput, (asked) => {
        const decision = decideRoute({
          ...asked,
          permissionMode: 'default',
          rules: { ...asked.rules, permissions: { delegateWrites: 'never' } },
        });
        if (decision.route) expect(decision.writes).toBe(false);
      }),
    );
  });

  it('is told by its trail: the step that it names said what it gives as the reason', () => {
    fc.assert(
      fc.property(routeInput, (asked) => {
        const { decision, trail } = explainRoute(asked);
        expect(trail.find(({ step }) => step === decision.step)?.said).toBe(decision.reason);
        if (!decision.route) expect(trail.at(-1)?.step).toBe(decision.step);
      }),
    );
  });
});

describe("the seed's face of it", () => {
  it('never throws, and stays on Claude for what is not understood', () => {
    fc.assert(
      fc.property(fc.anything(), fc.anything(), fc.anything(), (toolInput, options, clock) => {
        const answer = shouldRouteToOpenCode(toolInput as never, options as never, clock as never);
        expect(answer.route).toBe(answer.targetModel !== null);
      }),
    );
  });

  it('agrees with the decision', () => {
    fc.assert(
      fc.property(routeInput, (asked) => {
        const { rules: config, agent, fallback, enabled: _, prompt, ...rest } = asked;
        // The library has no switch beside the configuration, and reads the prompt itself.
        const mode = settleMode(asked.mode, config.fusionDefault);
        const text = prompt && 'x'.repeat(prompt.chars);
        const decision = decideRoute({
          ...rest,
          mode,
          rules: config,
          agent,
          fallback,
          prompt: text === undefined ? undefined : describePrompt(text),
        });
        const answer = shouldRouteToOpenCode(
          { subagent_type: agent, prompt: text },
          { ...rest, config, fallback },
          0,
        );
        expect(answer).toMatchObject({
          route: decision.route,
          reason: decision.reason,
          target: decision.target,
        });
      }),
    );
  });
});

describe("an agent's name", () => {
  it('is resolved to something printable and short, whatever it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 10_000, size: 'max' }), (requested) => {
        const { agent, requested: shown } = resolveAgent(requested);
        expect(`${agent.name}${shown}`).not.toMatch(/[\p{Cc}\p{Cs}]/u);
        expect(`${agent.name}${shown}`.length).toBeLessThanOrEqual(320);
      }),
    );
  });

  it("means the same with OMC's prefix as without, for every agent of its own", () => {
    const own = AGENTS.filter(({ name }) => !['Explore', 'Plan', 'claude'].includes(name)).slice(0, 39);
    fc.assert(
      fc.property(
        fc.constantFrom(...own),
        fc.constantFrom('omc', 'oh-my-claudecode', 'OMC'),
        (agent, prefix) => {
          expect(resolveAgent(`${prefix}:${agent.name}`).agent).toEqual(resolveAgent(agent.name).agent);
        },
      ),
    );
  });
});
