import type { LiveState } from '../../core/live/live-state.ts';
import { fill } from '../../core/live/live-words.ts';
import type { LiveAction } from '../../protocol/live.ts';
import { formatBand } from '../format.ts';
import { words } from '../words.ts';
import { Quota } from './quota.tsx';
import { Section } from './section.tsx';

type Props = { readonly state: LiveState; readonly onAction: (action: LiveAction) => void };

export function Overview({ state, onAction }: Props) {
  const { tasks, levels } = state;
  const { daemon, pool, quota, savings } = levels;
  const { overview, actions } = words;
  const running = tasks.filter((task) => task.state === 'running').length;
  const today = savings?.findLast(({ day }) => day === new Date().toLocaleDateString('sv-SE'));
  const figures: readonly (readonly [string, string | number])[] = [
    [overview.mode, daemon?.mode ?? '–'],
    [overview.running, running],
    [overview.waiting, pool?.waiting ?? 0],
    [overview.calls, daemon?.calls ?? 0],
    [overview.routed, daemon?.routed ?? 0],
    [overview.failed, daemon?.failed ?? 0],
    [overview.failedOpen, daemon?.failedOpen ?? 0],
    [overview.savedToday, today === undefined ? '–' : formatBand(today.savedTokens)],
  ];
  const warnings = [
    daemon?.draining && overview.draining,
    quota?.fallback && fill(overview.fallback, { reason: quota.reason ?? '' }),
    pool?.outage && fill(overview.outage, { reason: pool.outage }),
  ].filter((text) => typeof text === 'string');
  const setFallback = (set: 'on' | 'off' | 'auto') => () => onAction({ action: 'fallback', set });
  return (
    <Section name="overview" title={overview.title}>
      {warnings.map((text) => (
        <p key={text} class="warning">
          {text}
        </p>
      ))}
      <dl class="figures">
        {figures.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <Quota quota={quota} />
      <fieldset class="buttons">
        <legend class="hidden">{actions.fallbackGroup}</legend>
        <button type="button" onClick={setFallback('on')}>
          {actions.fallbackOn}
        </button>
        <button type="button" onClick={setFallback('off')}>
          {actions.fallbackOff}
        </button>
        <button type="button" onClick={setFallback('auto')}>
          {actions.fallbackAuto}
        </button>
      </fieldset>
    </Section>
  );
}
