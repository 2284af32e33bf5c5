/**
 * Has one task done by whichever worker takes it; a second time with all of its code, where the first one could not have
 * that from elsewhere. Meanwhile whoever looks on here hears what it says.
 */
import type { PackedCode } from '../../adapters/git/pack-code.ts';
import { type WorkerEnd, type WorkerNews, workerEndSchema, workerNewsSchema } from '../../protocol/queue.ts';
import type { MessageWithoutCode, SentTask, TaskSender } from './open-queue.ts';
import type { ElsewhereWatch } from './tasks-elsewhere.ts';

export type TaskToAsk = {
  readonly id: string;
  readonly need: Pick<SentTask, 'tags' | 'models'>;
  readonly message: MessageWithoutCode;
  readonly code: PackedCode;
  readonly turn: number;
  /** Nobody could have the code from its remote: asked with all of it at once. */
  readonly withBundle: boolean;
};

export type AskWatch = {
  readonly signal: AbortSignal;
  readonly onSent: (task: SentTask) => void;
  readonly onTaken: (news: WorkerNews) => void;
  /** It has to be asked once more, with all of its code. */
  readonly onMissing: (task: SentTask) => void;
  readonly shown: Pick<ElsewhereWatch, 'prompted' | 'said'>;
};

export type AskedWorkers =
  | WorkerEnd
  /** Each worker that had it was lost. */
  | { readonly kind: 'lost' }
  | { readonly kind: 'aborted' }
  /** A worker gave an answer that nobody understands. */
  | { readonly kind: 'strange' };

export async function askWorkers(
  sender: Pick<TaskSender, 'send' | 'follow'>,
  task: TaskToAsk,
  watch: AskWatch,
): Promise<AskedWorkers> {
  const first = await ask(sender, task, watch);
  if (first.kind !== 'declined' || first.code !== 'code-missing' || task.withBundle) return first;
  watch.onMissing({ id: idOf(task), ...task.need });
  return ask(sender, { ...task, withBundle: true }, watch);
}

async function ask(
  sender: Pick<TaskSender, 'send' | 'follow'>,
  asked: TaskToAsk,
  { signal, onSent, onTaken, shown }: AskWatch,
): Promise<AskedWorkers> {
  const { need, message, code, turn, withBundle } = asked;
  const task = { id: idOf(asked), ...need };
  onSent(task);
  const following: (() => void)[] = [];
  const onNews = (news: unknown) => {
    const told = workerNewsSchema.safeParse(news);
    if (!told.success) return;
    onTaken(told.data);
    shown.prompted(told.data);
    if (following.length === 0) following.push(sender.follow(task, shown.said));
  };
  try {
    const end = await sender.send(task, { message, code, withBundle, turn }, { signal, onNews });
    if (end.kind !== 'ended') return end;
    const said = workerEndSchema.safeParse(end.value);
    return said.success ? said.data : { kind: 'strange' };
  } finally {
    for (const end of following) end();
  }
}

function idOf({ id, withBundle }: TaskToAsk): string {
  return withBundle ? `${id}.b` : id;
}
