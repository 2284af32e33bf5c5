import { z } from 'zod';

export const hud = z.strictObject({
  place: z
    .enum(['status-line', 'footer'])
    .optional()
    .describe(
      'Where Claude Code shows it: in its status line, where one is set up, or pinned under its prompt by the mod.',
    ),
  preset: z
    .enum(['minimal', 'seed', 'full'])
    .optional()
    .describe(
      'What the status line shows: windows and warnings, the tokens of each provider, or everything.',
    ),
  template: z
    .string()
    .max(1_000)
    .optional()
    .describe(
      'Instead of a preset: text with {tokens} {mode} {quota} {fallback} {rescue} {tasks} {saved} {warning}.',
    ),
  wrap: z
    .string()
    .max(4_096)
    .optional()
    .describe('A status line of another tool: a command whose lines are shown above ours.'),
});
