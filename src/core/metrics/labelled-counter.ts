/**
 * Sums by labels. Changed in place: it is on the way of every call.
 *
 * Names come from whoever calls, and each costs whoever keeps the numbers a series: of a label only the first so many
 * values are told apart, every further one is `other`.
 */
import type { Sample } from './metric-family.ts';

export type LabelledCounter = {
  /** The labels' values, in the order of the labels. */
  add(values: readonly string[], amount?: number): void;
  samples(): readonly Sample[];
};

/** A label's name, and how many values of it are told apart. */
export type Label = readonly [name: string, most: number];

type Node = { sum: number; readonly below: Map<string, Node> };

export const OTHER = 'other';

export function createLabelledCounter(labels: readonly Label[]): LabelledCounter {
  const root = createNode();
  const told = labels.map(() => new Set<string>());

  /** The name under which a value is counted. */
  const nameOf = (at: number, value: string): string => {
    const known = told[at];
    if (known === undefined || known.has(value)) return value;
    if (known.size >= (labels[at]?.[1] ?? 0)) return OTHER;
    known.add(value);
    return value;
  };
  const collect = (node: Node, at: number, set: Readonly<Record<string, string>>): readonly Sample[] => {
    const name = labels[at]?.[0];
    if (name === undefined) return [{ labels: set, value: node.sum }];
    return [...node.below].flatMap(([value, next]) => collect(next, at + 1, { ...set, [name]: value }));
  };

  return {
    add: (values, amount = 1) => {
      let node = root;
      for (let at = 0; at < labels.length; at += 1) {
        const value = values[at] ?? '';
        let next = node.below.get(value);
        if (next === undefined) {
          const name = nameOf(at, value);
          next = node.below.get(name);
          if (next === undefined) {
            next = createNode();
            node.below.set(name, next);
          }
        }
        node = next;
      }
      node.sum += amount;
    },
    samples: () => collect(root, 0, {}),
  };
}

function createNode(): Node {
  return { sum: 0, below: new Map() };
}
