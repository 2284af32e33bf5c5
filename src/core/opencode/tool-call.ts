// What does a tool call of OpenCode's want to do, and what has it done? Tool names and arguments as of 1.18.33.

export type ToolCall = { readonly tool: string; readonly input: unknown };

/** A call in the words in which permissions are asked; `null` for one that only looks. */
export type CallRequest = {
  readonly permission: 'edit' | 'bash';
  readonly patterns: readonly string[];
  /** As the call names them: relative ones start in the task's directory. */
  readonly paths: readonly string[];
};

export function requestOf({ tool, input }: ToolCall): CallRequest | null {
  const { filePath, patchText, command } = asRecord(input);
  switch (tool) {
    case 'write':
    case 'edit':
    case 'multiedit':
      return { permission: 'edit', patterns: [], paths: strings([filePath]) };
    case 'apply_patch':
    case 'patch':
      return { permission: 'edit', patterns: [], paths: pathsInPatch(patchText) };
    case 'bash':
      return { permission: 'bash', patterns: strings([command]), paths: [] };
    default:
      return null;
  }
}

/**
 * Every path that a patch names, where it moves to included: OpenCode's own rules look at the sources alone.
 * Read more widely than OpenCode does, and to the same end of the line, so that it cannot find a path that was not
 * judged.
 */
function pathsInPatch(patch: unknown): readonly string[] {
  if (typeof patch !== 'string') return [];
  const headers = patch.matchAll(/\*\*\* (?:Add File|Update File|Delete File|Move to):([^\n]*)/g);
  return [...headers].map(([, path = '']) => path.trim()).filter((path) => path !== '');
}

/** The files that a completed call has changed. Snapshots are off, so only the tools tell. */
export function changedFiles({ tool, input }: ToolCall, metadata: unknown): readonly string[] {
  if (tool === 'write' || tool === 'edit') return strings([asRecord(input).filePath]);
  if (tool !== 'apply_patch') return [];
  const { files } = asRecord(metadata);
  if (!Array.isArray(files)) return [];
  return files.flatMap((file) => {
    const { filePath, movePath } = asRecord(file);
    return strings([filePath, movePath]);
  });
}

function strings(values: readonly unknown[]): readonly string[] {
  return values.filter((value) => typeof value === 'string');
}

function asRecord(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
