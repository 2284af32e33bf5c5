/** What secretlint finds in a text. Works offline: it asks nobody whether a key is any good. */
import { lintSource } from '@secretlint/core';
import { secretLintProfiler } from '@secretlint/profiler';
import { rules } from '@secretlint/secretlint-rule-preset-recommend';
import type { Finding } from '../../core/secrets/mask.ts';

/** It keeps what it measures of each scan for as long as the process lives, and looks through all of it each time. */
secretLintProfiler.mark = () => undefined;

/** A comment in the text could say `secretlint-disable`; who writes the text does not decide what leaves. */
const OBEYS_COMMENTS = '@secretlint/secretlint-rule-filter-comments';

const config = {
  rules: rules
    .filter(({ meta }) => meta.id !== OBEYS_COMMENTS)
    .map((rule) => ({ id: rule.meta.id, rule, options: { enableIDScanRule: true } })),
};

export async function scanSecrets(content: string): Promise<readonly Finding[]> {
  const source = { filePath: 'context.md', ext: '.md', content, contentType: 'text' } as const;
  const { messages } = await lintSource({ source, options: { config, noPhysicFilePath: true } });
  return messages.map(({ messageId, range: [start, end] }) => ({
    kind: messageId.toLowerCase().replaceAll('_', '-'),
    start,
    end,
  }));
}
