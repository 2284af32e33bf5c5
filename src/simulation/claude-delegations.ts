// Which Agent calls has a conductor made, and what came back? Read from the body of its next request, so that
// whoever scripts the conductor keeps no state and survives retries.

import { asObject, asObjects, asText, type Json, textOf } from './json.ts';

export interface Delegation {
  readonly id: string;
  readonly agent: string;
  readonly prompt: string;
  /** Left out as long as the subagent works. */
  readonly report?: string;
  readonly isError: boolean;
}

type Outcome = Required<Pick<Delegation, 'report' | 'isError'>>;

export function readDelegations(messages: readonly unknown[]): readonly Delegation[] {
  const blocks = messages.flatMap((message) => blocksOf(message));
  const outcomes = new Map(blocks.flatMap((block) => outcomesIn(block)));
  return blocks.filter(isAgentCall).map((block) => {
    const input = asObject(block.input);
    const id = asText(block.id);
    const call = { id, agent: asText(input.subagent_type), prompt: asText(input.prompt), isError: false };
    return { ...call, ...outcomes.get(id) };
  });
}

function isAgentCall(block: Json): boolean {
  return block.type === 'tool_use' && (block.name === 'Agent' || block.name === 'Task');
}

function outcomesIn(block: Json): readonly (readonly [string, Outcome])[] {
  if (block.type === 'tool_result') return resultOutcome(block);
  return notificationOutcomes(asText(block.text));
}

function resultOutcome(block: Json): readonly (readonly [string, Outcome])[] {
  const text = textOf(block.content);
  // A background agent's call returns at once, with this; its report comes later by notification.
  if (text.startsWith('Async agent launched')) return [];
  return [[asText(block.tool_use_id), { report: reportIn(text), isError: block.is_error === true }]];
}

/** The harness frames a report and indents each of its lines by two. */
export function reportIn(toolResult: string): string {
  const [, framed] = toolResult.split('The report follows:\n');
  if (framed === undefined) return toolResult;
  const lines = framed.split('\n');
  const end = lines.findIndex((line) => !line.startsWith('  '));
  return lines
    .slice(0, end === -1 ? lines.length : end)
    .map((line) => line.slice(2))
    .join('\n');
}

function notificationOutcomes(text: string): readonly (readonly [string, Outcome])[] {
  const notifications = text.matchAll(/<task-notification>(.*?)<\/task-notification>/gs);
  return [...notifications].map(([, body = '']) => {
    const report = elementIn(body, 'result') ?? elementIn(body, 'summary') ?? '';
    return [
      elementIn(body, 'tool-use-id') ?? '',
      { report, isError: elementIn(body, 'status') === 'failed' },
    ];
  });
}

function elementIn(xml: string, name: string): string | undefined {
  const text = new RegExp(`<${name}>(.*?)</${name}>`, 's').exec(xml)?.[1];
  return text?.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}

function blocksOf(message: unknown): readonly Json[] {
  const { content } = asObject(message);
  if (typeof content === 'string') return [{ type: 'text', text: content }];
  return asObjects(content);
}
