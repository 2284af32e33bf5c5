/**
 * A prompt that names the project by its path would send the task out of its worktree, where it may not go. One that
 * does not is passed on as it is.
 */
export function tellPlace(prompt: string, project: string, worktree: string): string {
  if (!prompt.includes(project)) return prompt;
  return `${prompt}\n\nFor this task, the folder ${project} lies at ${worktree}: work there, and read every path that begins with the first as if it began with the second.`;
}
