/**
 * Which sentences of a text tell a decision, or what was learned? Only what says so: a label in front, or the
 * words with which people and models settle something. What is missed can be told with `omcm note`.
 */
import { oneLine } from './one-line.ts';

const LABEL =
  /^[\s>*-]*(?:\*\*|__)?(?:decision|decided|learned|lesson|결정(?: ?사항)?|학습(?: ?내용)?|배운 점)(?:\*\*|__)?\s*[:：]\s*(?:\*\*|__)?\s*(\S.*)$/i;

const SETTLES =
  /\b(?:i|we)(?:'ve| have|’ve)? (?:decided|agreed|settled|chose|opted)\b|\b(?:we|i)(?:'ll|’ll| will) (?:use|keep|go with)\b.*\b(?:instead of|rather than|over)\b|(?:하기로|쓰기로|두기로|않기로) (?:했|결정|합의)|결정했/i;

export function findDecisions(text: string): readonly string[] {
  let inFence = false;
  return text.split('\n').flatMap((line) => {
    if (/^\s*(?:```|~~~)/.test(line)) inFence = !inFence;
    if (inFence) return [];
    const labelled = LABEL.exec(line)?.[1];
    if (labelled !== undefined) return [plain(labelled)];
    return sentencesOf(line)
      .filter((sentence) => SETTLES.test(sentence))
      .map(plain);
  });
}

function sentencesOf(line: string): readonly string[] {
  return line.replace(/^[\s>*#-]+/, '').split(/(?<=[.!?。])\s+/);
}

function plain(text: string): string {
  return oneLine(text.replace(/\*\*|__/g, ''));
}
