// What is answered when OpenCode asks? At once and without a person. A rejection carries a message, because
// then the model reads it as the tool's error and goes on; without one the whole run ends.

import type { Grant } from './envelope.ts';
import { segmentsInProject } from './project-path.ts';
import { isProtected } from './protected-path.ts';

export type PermissionRequest = {
  /** OpenCode's name for it: `edit`, `bash`, `external_directory`, … */
  readonly permission: string;
  /** What OpenCode shows as the subject, often a path relative to the repository. */
  readonly patterns: readonly string[];
  /** The real paths of the files concerned: absolute, links resolved. */
  readonly paths: readonly string[];
};

export type Project = {
  /** Absolute, links resolved. */
  readonly directory: string;
};

export type PermissionReply = { readonly reply: 'once' | 'reject'; readonly message: string };

export function decidePermission(
  request: PermissionRequest,
  grant: Grant,
  project: Project,
): PermissionReply {
  if (grant.kind === 'read-only')
    return reject('This task is read-only: go on without it and say what you found.');
  if (request.permission === 'edit') return decideEdit(request, project.directory);
  if (request.permission === 'bash') return decideShell(grant);
  if (request.permission === 'external_directory') {
    return reject(`This task works inside ${project.directory} only.`);
  }
  return reject(`"${request.permission.slice(0, 80)}" is not available here: go on without it.`);
}

/** The paths decide. A pattern may start at the repository's or the disk's root, so it can only speak against. */
function decideEdit({ paths, patterns }: PermissionRequest, directory: string): PermissionReply {
  if (paths.length === 0) return reject('No file was named: edit one file of the project by its path.');
  const astray = patterns.find((pattern) => segmentsInProject(pattern, directory) === null);
  if (astray !== undefined) return rejectOutside(astray, directory);
  for (const path of paths) {
    const segments = segmentsInProject(path, directory);
    if (segments === null) return rejectOutside(path, directory);
    if (isProtected(segments))
      return reject(`${show(path)} is protected: leave it, and say what should change there.`);
  }
  return { reply: 'once', message: 'An edit inside the project.' };
}

function rejectOutside(path: string, directory: string): PermissionReply {
  return reject(`${show(path)} is not inside ${directory}: edit files of the project only.`);
}

function decideShell(grant: Grant): PermissionReply {
  if (grant.kind === 'full') return { reply: 'once', message: 'The session allows everything.' };
  return reject('No shell in this task: use the read, search and edit tools.');
}

function reject(message: string): PermissionReply {
  return { reply: 'reject', message };
}

function show(path: string): string {
  return JSON.stringify(path.slice(0, 200));
}
