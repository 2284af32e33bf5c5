// Random numbers that can be had again: the same seed gives the same ones (mulberry32, as published by T. Ettinger).

/** Numbers from 0 up to 1, without 1. A text, such as a task's id, serves as a seed as well. */
export function seededRandom(seed: number | string): () => number {
  let state = typeof seed === 'string' ? hash(seed) : seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** FNV-1a. */
function hash(text: string): number {
  let state = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) state = Math.imul(state ^ text.charCodeAt(at), 0x01000193);
  return state;
}
