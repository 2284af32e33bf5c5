/** Does something again and again while it may be done, and never twice at once. @returns Ends it. */
export type BeatParts = {
  readonly everyMs: number;
  readonly mayBeat: () => boolean;
  readonly beat: () => Promise<void>;
  readonly onProblem: (message: string) => void;
};

export function startBeating({ everyMs, mayBeat, beat, onProblem }: BeatParts): () => void {
  let isBeating = false;
  const takeTurn = () => {
    if (isBeating || !mayBeat()) return;
    isBeating = true;
    beat()
      .catch((error: unknown) => onProblem(String(error)))
      .finally(() => {
        isBeating = false;
      });
  };
  const timer = setInterval(takeTurn, everyMs);
  takeTurn();
  return () => clearInterval(timer);
}
