/** A hook's input: JSON on stdin. Anything else is `null`: it is not for us to fail on. */
export async function readHookInput(limitBytes = 16 * 1024 * 1024): Promise<Record<string, unknown> | null> {
  const pieces: Buffer[] = [];
  let size = 0;
  for await (const piece of process.stdin) {
    size += piece.length;
    if (size > limitBytes) return null;
    pieces.push(piece);
  }
  try {
    const value: unknown = JSON.parse(Buffer.concat(pieces).toString('utf8'));
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : null;
  } catch {
    return null;
  }
}
