/** What `~/.claude.json` must hold for an interactive session to start without its first-run questions. */
export function claudeSettings(projectDir: string): object {
  return {
    hasCompletedOnboarding: true,
    hasSeenAutoDefaultNotice: true,
    // Otherwise an interactive session fetches the official marketplace from GitHub.
    officialMarketplaceAutoInstallAttempted: true,
    officialMarketplaceAutoInstalled: true,
    projects: { [projectDir]: { hasTrustDialogAccepted: true } },
    // Claude Code keeps the last 20 characters of a key that its owner has agreed to.
    customApiKeyResponses: { approved: ['sk-ant-test'], rejected: [] },
  };
}
