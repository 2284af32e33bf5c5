/** An engine that chooses among several ways to OpenCode, and says which one a session goes. */
import type { EngineSession, EngineWork } from '../delegation/engine.ts';
import type { SelectedStrategy } from './strategy.ts';

export type ChosenSession = EngineSession & { readonly via: SelectedStrategy };

export type StrategyEngine = {
  /** Rejects with a `Failure`. */
  open(work: EngineWork, signal: AbortSignal): Promise<ChosenSession>;
};
