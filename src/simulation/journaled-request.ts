import type { Usage } from './answer.ts';

export type Role = 'user' | 'assistant' | 'tool' | 'system';

/** One block of text, or the result of one tool. What a model called and what it cannot read is left out. */
export interface Turn {
  readonly role: Role;
  readonly text: string;
}

/** The parts of a model request that all vendors have, read from the body as it came over the wire. */
export interface WireRequest {
  readonly model: string;
  readonly system: string;
  readonly turns: readonly Turn[];
  readonly toolNames: readonly string[];
}

/** `left`: the client went away first. `broken`: the simulation ended the connection itself. */
export type Outcome = 'pending' | 'answered' | 'left' | 'broken';

/** One request as the simulated provider received it, and what became of it. */
export interface JournaledRequest extends WireRequest {
  readonly number: number;
  readonly at: number;
  readonly endedAt?: number;
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
  readonly bodyChars: number;
  readonly userTexts: readonly string[];
  readonly lastUserText: string;
  /** 0 as long as nothing was answered. */
  readonly status: number;
  readonly outcome: Outcome;
  readonly usage?: Usage;
}
