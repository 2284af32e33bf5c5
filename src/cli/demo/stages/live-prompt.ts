// The reference workload in words: a real conductor follows no script.
import { referenceRounds } from '../../../simulation/reference-calls.ts';
import { referencePrompt } from '../../../simulation/reference-workload.ts';

export const livePrompt = `${referencePrompt}

Hand out exactly these tasks with the Agent tool, with these words as they stand. Send the calls of one round in one
message, in the foreground, and wait for its reports before the next round. Do nothing yourself, and hand out nothing
else. When all have reported, answer with one sentence for each of them.

${referenceRounds.map(describeRound).join('\n\n')}`;

function describeRound(calls: (typeof referenceRounds)[number], index: number): string {
  const tasks = calls.map(
    ({ agent, description, prompt }) =>
      `- subagent_type: ${agent}\n  description: ${description}\n  prompt: ${prompt}`,
  );
  return `Round ${index + 1}:\n${tasks.join('\n')}`;
}
