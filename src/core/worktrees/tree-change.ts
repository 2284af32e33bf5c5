/** What is different about one path between two trees of files. */
export type TreeChange = {
  /** From the top of the repository, with slashes. */
  readonly path: string;
  readonly before: TreeEntry | null;
  readonly after: TreeEntry | null;
};

export type TreeEntry = {
  /** As git writes it: `100644`, `100755`, `120000`. */
  readonly mode: string;
  readonly id: string;
};

export function isSameEntry(one: TreeEntry | null, other: TreeEntry | null): boolean {
  return one?.mode === other?.mode && one?.id === other?.id;
}
