/** A hook's input: JSON on stdin. Anything else is `null`: it is not for us to fail on. */
export async function readHookInput(limitBytes?: number): Promise<Record<string, unknown> | null> {
  return parseHookInput(await readHookText(limitBytes));
}

/** Nothing, where it is longer than any that Claude Code gives. */
export async function readHookText(limitBytes = 16 * 1024 * 1024): Promise<string> {
  const pieces: Buffer[] = [];
  let size = 0;
  for await (const piece of process.stdin) {
    size += piece.length;
    if (size > limitBytes) return '';
    pieces.push(piece);
  }
  return Buffer.concat(pieces).toString('utf8');
}

export function parseHookInput(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : null;
  } catch {
    return null;
  }
}
