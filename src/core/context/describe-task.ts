/** What is being worked on, for what, and within which limits: from what the user has typed. */
import { cutGraphemes } from './cut-graphemes.ts';
import { manyLines, oneLine } from './one-line.ts';

export type TaskWords = {
  readonly description: string;
  readonly goals: readonly string[];
  readonly constraints: readonly string[];
};

/** "go on", "yes please", "계속": an answer to Claude, not a task. */
const SHORTEST_TASK = 20;
const LONGEST_ITEM = 300;
const KEPT_ITEMS = 10;

const GOAL =
  /^[\s>*-]*(?:\*\*)?(?:goals?|aim|objective|acceptance criteria|목표|완료 조건)(?:\*\*)?\s*[:：]\s*(\S.*)$/i;

const CONSTRAINT =
  /^[\s>*-]*(?:\*\*)?(?:constraints?|제약(?: ?사항| ?조건)?)(?:\*\*)?\s*[:：]\s*(\S.*)$|\b(?:must(?: not|n't)?|do not|don't|don’t|never|without changing|only (?:use|change|touch)|no new)\b|하지 ?마|말 ?것|금지|반드시|절대|건드리지/i;

/** `prompts`: oldest first. */
export function describeTask(prompts: readonly string[]): TaskWords {
  const lines = prompts.flatMap((prompt) => prompt.split('\n').flatMap(sentencesOf));
  return {
    description: manyLines(currentTask(prompts)),
    goals: newestFirst(lines.flatMap((line) => GOAL.exec(line)?.[1] ?? [])),
    constraints: newestFirst(lines.filter((line) => CONSTRAINT.test(line)).map(withoutLabel)),
  };
}

/** The last prompt that is long enough to be one; the longest, where none is. */
function currentTask(prompts: readonly string[]): string {
  const task = prompts.findLast((prompt) => prompt.trim().length >= SHORTEST_TASK);
  return (
    task ?? prompts.reduce((longest, prompt) => (prompt.length >= longest.length ? prompt : longest), '')
  );
}

function sentencesOf(line: string): readonly string[] {
  return line.split(/(?<=[.!?。])\s+/);
}

function withoutLabel(line: string): string {
  return CONSTRAINT.exec(line)?.[1] ?? line.replace(/^[\s>*-]+/, '');
}

function newestFirst(items: readonly string[]): readonly string[] {
  const lines = items.map((item) => cutGraphemes(oneLine(item), LONGEST_ITEM)).filter((line) => line !== '');
  return [...new Set(lines.reverse())].slice(0, KEPT_ITEMS);
}
