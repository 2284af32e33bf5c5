import { useState } from 'preact/hooks';
import type { LiveDecision } from '../../core/live/live-state.ts';
import { fill } from '../../core/live/live-words.ts';
import { formatClock } from '../format.ts';
import { words } from '../words.ts';
import { Section } from './section.tsx';
import { Why } from './why.tsx';
import { WindowedTable } from './windowed-table.tsx';

type Props = {
  /** The newest first. */
  readonly found: readonly LiveDecision[];
  readonly all: number;
};

export function Decisions({ found, all }: Props) {
  const text = words.decisions;
  const [chosen, setChosen] = useState<LiveDecision | null>(null);
  const count = <span class="count">{fill(text.count, { shown: found.length, all })}</span>;
  return (
    <Section name="decisions" title={text.title} beside={count}>
      {found.length === 0 && <p class="none">{text.none}</p>}
      {found.length > 0 && (
        <WindowedTable
          label={text.title}
          columns={Object.values(text.columns)}
          items={found}
          isChosen={(decision) => decision === chosen}
          onChoose={setChosen}
          cells={({ at, agent, decision, reason, provider, model }) => [
            formatClock(at),
            agent,
            <span key="decision" class={`state ${decision}`}>
              {text.decided[decision]}
            </span>,
            reason,
            [provider, model].filter(Boolean).join('/'),
          ]}
        />
      )}
      <Why decision={chosen} />
    </Section>
  );
}
