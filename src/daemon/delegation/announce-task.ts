/**
 * A call is about to be made, and is got ready before its prompt is there. Where a rule asks for the prompt, nothing
 * can be said of it yet: then it is decided when it comes, and takes the longer way.
 */
import type { ParsedPrepareRequest } from '../../protocol/task.ts';
import { type PreparationParts, prepareTask } from './prepare-task.ts';
import type { PreparedTasks } from './prepared-tasks.ts';

export async function announceTask(
  parts: PreparationParts & { readonly prepared: PreparedTasks },
  request: ParsedPrepareRequest,
): Promise<void> {
  const { router, prepared } = parts;
  // In the first moment, because the call may follow at once. Whether that was right is known a moment later.
  if (!router.hasPromptRules(request.directory))
    return prepared.add(request, prepareTask(parts, request), router.needsPrompt(request));
  // A session for every call that is then thrown away would be a waste.
  if (await router.needsPrompt(request)) return;
  prepared.add(request, prepareTask(parts, request));
}
