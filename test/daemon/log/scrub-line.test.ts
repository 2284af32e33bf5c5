import { describe, expect, it } from 'vitest';
import { scrubLine } from '../../../src/daemon/log/scrub-line.ts';
import { LOOK_ALIKES, PLANTED } from '../../context/planted-secrets.ts';

/** Of a certain project, so that no daemon knows it. */
const planted = Object.entries(PLANTED).filter(([kind]) => kind !== 'value of .env');

const lineOf = (detail: string) => `${JSON.stringify({ level: 40, failure: { detail }, msg: detail })}\n`;

describe('a line of the log', () => {
  it.each(planted)('holds no %s', (_, { text, secret }) => {
    const line = scrubLine(lineOf(`refused: ${text} (401)`));
    expect(line).not.toContain(JSON.stringify(secret).slice(1, -1));
    expect(JSON.parse(line)).toMatchObject({
      level: 40,
      failure: { detail: expect.stringMatching(/^refused: /) },
    });
    expect(line.endsWith('\n')).toBe(true);
  });

  it.each(LOOK_ALIKES)('still says: %s', (text) => {
    expect(scrubLine(lineOf(text))).toBe(lineOf(text));
  });

  it('is masked even where it is no JSON', () => {
    const { text, secret } = PLANTED['GitLab token'] ?? { text: '', secret: '' };
    expect(scrubLine(`{ half ${text}`)).not.toContain(secret);
  });
});
