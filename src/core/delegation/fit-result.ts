// How is a long answer handed back? Claude Code takes about 45,000 characters whole; of more it shows the model
// 2,000 and a file name. So we choose what is left out, and say what it was: beginning and end hold the most.

import { takeHead, takeTail } from './cut-text.ts';
import { renderGap } from './render-gap.ts';

export type FittedResult = {
  /** Never longer than the limit. */
  readonly text: string;
  readonly whole: boolean;
  /** Characters of the original that are not in `text`. */
  readonly leftOut: number;
};

/** Of what is kept, the beginning's part. Reports put findings first, and the verdict last. */
const HEAD_SHARE = 2 / 3;

/** The notice's part of the limit, and what is enough for a digest of any length. */
const NOTICE_SHARE = 1 / 4;
const LONGEST_NOTICE = 3_000;

/** `fullTextPath`: where the whole text can be read; `null` where it could not be kept. */
export function fitResult(text: string, limit: number, fullTextPath: string | null): FittedResult {
  if (text.length <= limit) return { text, whole: true, leftOut: 0 };
  const { noticeRoom, kept, headRoom } = divide(limit);
  const head = takeHead(text, headRoom);
  const tail = takeTail(text, kept - head.length);
  const leftOut = text.length - head.length - tail.length;

  const gap = { from: head.length, to: head.length + leftOut };
  const notice = renderGap(text, gap, { path: fullTextPath, room: noticeRoom });
  return { text: head + notice + tail, whole: false, leftOut };
}

/** How much of a growing text stays at the beginning whatever follows, and so may be handed out already. */
export function headLength(text: string, limit: number): number {
  const head = takeHead(text, divide(limit).headRoom);
  // The other half of the last character may be on its way, and may turn out to be beyond the head.
  return /[\ud800-\udbff]$/.test(head) ? head.length - 1 : head.length;
}

function divide(limit: number): { noticeRoom: number; kept: number; headRoom: number } {
  const room = limit >= 1 ? Math.floor(limit) : 0;
  const noticeRoom = Math.min(LONGEST_NOTICE, Math.floor(room * NOTICE_SHARE));
  const kept = Math.max(0, room - noticeRoom);
  return { noticeRoom, kept, headRoom: Math.floor(kept * HEAD_SHARE) };
}
