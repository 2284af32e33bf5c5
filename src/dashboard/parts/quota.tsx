import { describeSpan } from '../../core/live/describe-time.ts';
import type { LiveQuota, LiveWindow } from '../../core/live/live-state.ts';
import { fill } from '../../core/live/live-words.ts';
import { useNow } from '../use-now.ts';
import { words } from '../words.ts';

export function Quota({ quota }: { readonly quota: LiveQuota | null }) {
  const now = useNow(quota !== null);
  const text = words.quota;
  if (quota === null || quota.windows.length === 0) return <p class="none">{text.none}</p>;
  return (
    <ul class="quota" aria-label={text.title}>
      {quota.windows.map((window) => (
        <li key={window.window}>
          <span>{text[window.window]}</span>
          <meter
            min={0}
            max={100}
            low={quota.warnAt}
            high={quota.threshold}
            optimum={0}
            value={window.percent}
            aria-label={text[window.window]}
          />
          <span>{describe(window, now)}</span>
        </li>
      ))}
    </ul>
  );
}

function describe({ percent, resetsAt, percentAtReset }: LiveWindow, now: number): string {
  const { quota } = words;
  return [
    fill(quota.spent, { percent: Math.floor(percent) }),
    ...(resetsAt === null ? [] : [fill(quota.resets, { span: describeSpan(resetsAt - now, words) })]),
    ...(percentAtReset === null ? [] : [fill(quota.pace, { percent: percentAtReset })]),
  ].join(' · ');
}
