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
};

export type AskWatch = {
  readonly signal: AbortSignal;
  readonly onSent: (task: SentTask) => void;
  readonly onTaken: (news: WorkerNews) => void;
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
  const first = await ask(sender, task, watch, false);
  const isCodeMissing = first.kind === 'declined' && first.code === 'code-missing';
  return isCodeMissing ? ask(sender, task, watch, true) : first;
}

async function ask(
  sender: Pick<TaskSender, 'send' | 'follow'>,
  { id, need, message, code, turn }: TaskToAsk,
  { signal, onSent, onTaken, shown }: AskWatch,
  withBundle: boolean,
): Promise<AskedWorkers> {
  const task = { id: withBundle ? `${id}.b` : id, ...need };
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
