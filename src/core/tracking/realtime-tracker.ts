import { RingBuffer } from './ring-buffer.ts';
import type { TrackedEvent } from './tracked-event.ts';

/** Any event with a type and a time, so that callers may add fields and kinds of their own. */
export type AnyEvent = { readonly type: string; readonly timestamp: number };

export type TrackerOptions = {
  /** How many events are kept. */
  readonly capacity?: number;
  /** A listener that throws costs neither the event nor the other listeners. */
  readonly onListenerError?: (error: unknown) => void;
};

const DEFAULT_CAPACITY = 1_000;

/**
 * What has just happened, as far back as the ring reaches: 1,000 events, if no `capacity` is given.
 *
 * @throws RangeError for a capacity that is no whole number from 1.
 */
export class RealtimeTracker<Event extends AnyEvent = TrackedEvent> {
  readonly #ring: RingBuffer<Event>;
  readonly #onListenerError: (error: unknown) => void;
  #listeners: readonly ((event: Event) => void)[] = [];

  constructor({ capacity = DEFAULT_CAPACITY, onListenerError = () => {} }: TrackerOptions = {}) {
    this.#ring = new RingBuffer(capacity);
    this.#onListenerError = onListenerError;
  }

  get size(): number {
    return this.#ring.size;
  }

  recordEvent(event: Event): void {
    this.#ring.push(event);
    for (const listener of this.#listeners) this.#tell(listener, event);
  }

  /** The last `count` events, oldest first. */
  getRecent(count: number = this.#ring.capacity): Event[] {
    return this.#ring.recent(count);
  }

  /** @returns Ends the subscription. */
  subscribe(listener: (event: Event) => void): () => void {
    const own = (event: Event) => listener(event);
    this.#listeners = [...this.#listeners, own];
    return () => {
      this.#listeners = this.#listeners.filter((known) => known !== own);
    };
  }

  #tell(listener: (event: Event) => void, event: Event): void {
    try {
      listener(event);
    } catch (error) {
      this.#onListenerError(error);
    }
  }
}
