/** The AI SDK's packages for vendors that can be asked without OpenCode. */
export const SPOKEN_PACKAGES = ['@ai-sdk/openai', '@ai-sdk/google', '@ai-sdk/openai-compatible'] as const;

export type SpokenPackage = (typeof SPOKEN_PACKAGES)[number];

export function isSpoken(npm: string): npm is SpokenPackage {
  return SPOKEN_PACKAGES.some((spoken) => spoken === npm);
}
