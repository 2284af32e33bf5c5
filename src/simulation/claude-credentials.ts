const DAY_MS = 86_400_000;

/** A login by subscription that only a simulated API accepts: with it Claude Code reads the limits of an answer. */
export function claudeCredentials(now: number): object {
  return {
    claudeAiOauth: {
      accessToken: 'sk-ant-oat01-test',
      refreshToken: 'sk-ant-ort01-test',
      expiresAt: now + DAY_MS,
      scopes: ['user:inference', 'user:profile'],
      subscriptionType: 'max',
    },
  };
}
