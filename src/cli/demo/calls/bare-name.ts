/** Without the plugin that brings the agent: `oh-my-claudecode:explore` is explore. */
export function bareName(agent: string): string {
  return agent.slice(agent.lastIndexOf(':') + 1);
}
