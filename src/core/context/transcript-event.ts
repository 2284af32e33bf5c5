/**
 * What a line of a transcript tells of the work. Which lines Claude Code writes changes with its versions, so
 * everything that is not known is nothing.
 */
import type { TodoLists } from './work-context.ts';

export type TodoState = 'pending' | 'in_progress' | 'completed' | 'deleted';

export type TranscriptEvent =
  /** Something that the user typed. */
  | { readonly kind: 'prompt'; readonly text: string }
  | { readonly kind: 'said'; readonly text: string }
  | { readonly kind: 'called'; readonly id: string; readonly call: ToolCall }
  | {
      readonly kind: 'returned';
      readonly id: string;
      readonly isError: boolean;
      readonly text: string;
      /** The questions that the user was asked, with what he chose. */
      readonly answers: readonly (readonly [question: string, answer: string])[];
    }
  /** From here on the model knows only the summary. */
  | { readonly kind: 'compacted'; readonly summary: string }
  | {
      readonly kind: 'place';
      readonly sessionId: string | null;
      readonly cwd: string | null;
      readonly branch: string | null;
    };

export type ToolCall =
  | { readonly tool: 'edit' | 'read'; readonly file: string }
  | { readonly tool: 'list-todos'; readonly todos: TodoLists }
  | { readonly tool: 'create-todo'; readonly text: string }
  | {
      readonly tool: 'update-todo';
      readonly todo: string;
      readonly state: TodoState | null;
      readonly text: string | null;
    }
  | { readonly tool: 'delegate'; readonly agent: string; readonly description: string }
  | { readonly tool: 'plan'; readonly text: string };
