import { useEffect, useRef } from 'preact/hooks';
import type { LiveTask } from '../../core/live/live-state.ts';
import { fill } from '../../core/live/live-words.ts';
import { words } from '../words.ts';

type Props = { readonly task: LiveTask; readonly onCancel: () => void };

/** Within so many pixels of its end, whoever reads wants to go on reading there. */
const AT_THE_END = 40;

export function Stream({ task, onCancel }: Props) {
  const text = words.tasks;
  const box = useRef<HTMLElement>(null);
  const follows = useRef(true);
  useEffect(() => {
    if (follows.current) box.current?.scrollTo({ top: box.current.scrollHeight });
  }, [task.text, task.id]);
  const title = fill(text.stream, { agent: task.agent });
  return (
    <div class="stream">
      <div class="heading">
        <h3>{title}</h3>
        {task.state === 'running' && task.canCancel && (
          <button type="button" class="danger" onClick={onCancel}>
            {text.cancel}
          </button>
        )}
      </div>
      {task.state === 'running' && !task.canCancel && <p class="none">{text.notOurs}</p>}
      <dl class="facts">
        <dt>{text.prompt}</dt>
        <dd>{task.prompt}</dd>
        <dt>{text.folder}</dt>
        <dd>{task.directory}</dd>
        {task.worker !== null && <dt>{text.worker}</dt>}
        {task.worker !== null && <dd>{task.worker}</dd>}
      </dl>
      <section
        ref={box}
        class="said"
        aria-label={title}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by the keyboard
        tabIndex={0}
        onScroll={({ currentTarget: { scrollTop, scrollHeight, clientHeight } }) => {
          follows.current = scrollHeight - scrollTop - clientHeight < AT_THE_END;
        }}
      >
        <pre>{task.text === '' ? text.nothingSaid : task.text}</pre>
      </section>
    </div>
  );
}
