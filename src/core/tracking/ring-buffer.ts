/** The last so many values: adding one costs the same however many there are, and reading some copies only those. */
export class RingBuffer<T> {
  readonly capacity: number;
  readonly #values: (T | undefined)[];
  #next = 0;
  #size = 0;

  constructor(capacity: number) {
    if (!Number.isInteger(capacity) || capacity < 1)
      throw new RangeError(`A ring holds at least one value, not ${capacity}.`);
    this.capacity = capacity;
    this.#values = new Array<T | undefined>(capacity);
  }

  get size(): number {
    return this.#size;
  }

  push(value: T): void {
    this.#values[this.#next] = value;
    this.#next = this.#next + 1 === this.capacity ? 0 : this.#next + 1;
    if (this.#size < this.capacity) this.#size += 1;
  }

  /** The last `count`, oldest first. */
  recent(count: number): T[] {
    const wanted = Number.isNaN(count) ? 0 : Math.max(0, Math.min(Math.floor(count), this.#size));
    const recent = new Array<T>(wanted);
    let from = this.#next - wanted;
    if (from < 0) from += this.capacity;
    for (let at = 0; at < wanted; at += 1) {
      recent[at] = this.#values[from] as T;
      from = from + 1 === this.capacity ? 0 : from + 1;
    }
    return recent;
  }
}
