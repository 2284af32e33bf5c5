/** A hook's input: JSON on stdin. Anything else is `null`: it is not for us to fail on. */
export async function readHookInput(limitBytes = 16 * 1024 * 1024): Promise<Record<string, unknown> | null> {
  return (await readHookText(limitBytes)).input;
}

/** As it came, too. */
export async function readHookText(
  limitBytes = 16 * 1024 * 1024,
): Promise<{ readonly text: string; readonly input: Record<string, unknown> | null }> {
  const pieces: Buffer[] = [];
  let size = 0;
  for await (const piece of process.stdin) {
    size += piece.length;
    if (size > limitBytes) return { text: '', input: null };
    pieces.push(piece);
  }
  const text = Buffer.concat(pieces).toString('utf8');
  return { text, input: parse(text) };
}

function parse(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : null;
  } catch {
    return null;
  }
}
