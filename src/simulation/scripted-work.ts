// A subagent that works with tools before it reports. The same work is done with whichever tools the request
// offers, Claude Code's or OpenCode's; how far it got is read from the tool results in the request.

import { join } from 'node:path';
import type { Answer, ToolUse } from './answer.ts';
import type { JournaledRequest } from './journaled-request.ts';

/** Paths are relative to the project. */
export type WorkStep =
  | { readonly kind: 'read'; readonly path: string }
  | { readonly kind: 'write'; readonly path: string; readonly text: string }
  | { readonly kind: 'tool'; readonly use: ToolUse };

export interface Work {
  readonly projectDir: string;
  readonly steps: readonly WorkStep[];
  readonly report: string;
}

/** One step a turn, then the report. A step whose tool is not offered is passed over. */
export function workOn(request: JournaledRequest, work: Work): Answer {
  const offered = new Set(request.toolNames);
  const uses = work.steps.flatMap((step) =>
    usesFor(step, work.projectDir)
      .filter(({ name }) => offered.has(name))
      .slice(0, 1),
  );
  const done = request.turns.filter((turn) => turn.role === 'tool').length;
  const next = uses[done];
  return next === undefined ? { text: work.report } : { toolUses: [next] };
}

function usesFor(step: WorkStep, projectDir: string): readonly ToolUse[] {
  if (step.kind === 'tool') return [step.use];
  const path = join(projectDir, step.path);
  if (step.kind === 'read') {
    return [
      { name: 'Read', input: { file_path: path } },
      { name: 'read', input: { filePath: path } },
    ];
  }
  return [
    { name: 'Write', input: { file_path: path, content: step.text } },
    { name: 'write', input: { filePath: path, content: step.text } },
    { name: 'apply_patch', input: { patchText: addFilePatch(path, step.text) } },
  ];
}

function addFilePatch(path: string, text: string): string {
  const added = text.replace(/\n$/, '').split('\n');
  return [
    '*** Begin Patch',
    `*** Add File: ${path}`,
    ...added.map((line) => `+${line}`),
    '*** End Patch',
  ].join('\n');
}
