import type { Mode } from '../../core/routing/mode.ts';
import type { Shell } from '../completion/shells.ts';

/** What the user wants of setup. */
export type Choices = {
  /** `null`: the one that is set stays, and where none is, it is shadow. */
  readonly mode: Mode | null;
  readonly statusLine: boolean;
  readonly shells: readonly Shell[];
};
