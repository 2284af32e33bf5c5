export type GitProblemCode =
  | 'git-missing'
  | 'git-failed'
  | 'too-much-untracked'
  | 'strange-name'
  | 'bundle-too-large';

export class GitProblem extends Error {
  override readonly name = 'GitProblem';
  readonly code: GitProblemCode;

  constructor(code: GitProblemCode, message: string) {
    super(message);
    this.code = code;
  }
}
