import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readCommand, withoutClone } from '../../scripts/readme-command.mjs';

const MARKDOWN = `
# Title
<!-- demo-command -->
\`\`\`sh
git clone https://example.com/x.git && cd x && npm ci && npm run demo
\`\`\`

<!-- test-command -->

\`\`\`
npm ci && npm test
\`\`\`
`;

describe('the commands of the README', () => {
  it('are what stands in the fence after the marker', () => {
    expect(readCommand(MARKDOWN, 'test')).toBe('npm ci && npm test');
    expect(readCommand(MARKDOWN, 'demo')).toMatch(/^git clone .* npm run demo$/);
  });

  it('lose the clone, and only the clone, where a clone is there already', () => {
    expect(withoutClone(readCommand(MARKDOWN, 'demo'))).toBe('npm ci && npm run demo');
    expect(withoutClone('git clone URL house && cd house && \\\n  npm ci')).toBe('npm ci');
    expect(withoutClone('npm ci && npm test')).toBe('npm ci && npm test');
  });

  it('are missed when the marker is not there', () => {
    expect(() => readCommand('# Title', 'test')).toThrow(/no code fence after <!-- test-command -->/);
  });

  it.each(['test', 'demo'])('install first, and run only scripts that exist (%s)', (name) => {
    const command = withoutClone(readCommand(readFileSync('README.md', 'utf8'), name));
    const { scripts } = JSON.parse(readFileSync('package.json', 'utf8'));
    const called = [...command.matchAll(/npm (?:run )?([\w:]+)/g)].map((match) => match[1]);
    expect(called[0]).toBe('ci');
    expect(called.slice(1).filter((script) => !(script && script in scripts))).toEqual([]);
    expect(command.split('\n')).toHaveLength(1);
  });
});
