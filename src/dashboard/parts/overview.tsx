import { describeRescues } from '../../core/live/describe-rescues.ts';
import type { LiveState } from '../../core/live/live-state.ts';
import { fill } from '../../core/live/live-words.ts';
import type { LiveAction } from '../../protocol/live.ts';
import { formatBand, formatMinute } from '../format.ts';
import { useNow } from '../use-now.ts';
import { words } from '../words.ts';
import { Quota } from './quota.tsx';
import { Section } from './section.tsx';

type Props = {
  readonly state: LiveState;
  readonly onAsk: (question: string, action: LiveAction) => void;
};

const FALLBACK = ['on', 'off', 'auto'] as const;

export function Overview({ state, onAsk }: Props) {
  const { tasks, levels } = state;
  const { daemon, pool, quota, savings, team } = levels;
  const { overview, actions } = words;
  const now = useNow((levels.rescues ?? []).length > 0);
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
  const isRedisLost = team?.kind === 'team' && !team.redisAnswers;
  const warnings = [
    daemon?.draining && overview.draining,
    quota?.fallback && fill(overview.fallback, { reason: quota.reason ?? '' }),
    isRedisLost && words.team.redisLost,
    pool?.outage && fill(overview.outage, { reason: pool.outage }),
    ...describeRescues(levels.rescues, { words, now, clock: formatMinute }),
  ].filter((text) => typeof text === 'string');
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
        {FALLBACK.map((set) => (
          <button
            key={set}
            type="button"
            onClick={() => onAsk(actions.fallbackQuestions[set], { action: 'fallback', set })}
          >
            {actions.fallback[set]}
          </button>
        ))}
      </fieldset>
    </Section>
  );
}
