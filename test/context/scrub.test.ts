import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { createScrub } from '../../src/context/scrub.ts';
import { makeTempFolder } from '../adapters/files/temp-folder.ts';
import { LOOK_ALIKES, PLANTED } from './planted-secrets.ts';

async function project(): Promise<string> {
  const folder = await makeTempFolder();
  writeFileSync(join(folder, '.env.local'), 'NODE_ENV=production\nDOOR_PASSWORD=opensesame42\n');
  writeFileSync(join(folder, '.env.example'), 'DOOR_PASSWORD=the-look-alikes\n');
  return folder;
}

const planted = Object.entries(PLANTED);

describe('what leaves this machine', () => {
  it('is tried with more than 30 kinds of secrets', () => {
    expect(planted.length).toBeGreaterThan(30);
  });

  it.each(planted)('holds no %s', async (_, { text, secret }) => {
    const scrub = await createScrub(await project());
    const printed = inspect({ body: text });
    for (const around of [text, `see ${text} there`, `"${text}",`, `가격 ${text}\n다음 줄`, printed]) {
      const [clean = ''] = await scrub([around]);
      expect(clean).not.toContain(secret);
      expect(clean).toContain('[masked ');
    }
  });

  it.each(LOOK_ALIKES)('still says: %s', async (text) => {
    const scrub = await createScrub(await project());
    expect(await scrub([text, `see ${text} there`])).toEqual([text, `see ${text} there`]);
  });

  it('keeps texts apart, however many there are', async () => {
    const scrub = await createScrub(null);
    const texts = planted.map(([, { text }], index) => `${index} ${text} ${index}`);
    const clean = await scrub(texts);
    expect(clean).toHaveLength(texts.length);
    for (const [index, text] of clean.entries()) expect(text).toMatch(new RegExp(`^${index} [^]* ${index}$`));
  });

  it('is not spared because the text asks for it', async () => {
    const { text, secret } = PLANTED['GitHub personal token'] ?? { text: '', secret: '' };
    const scrub = await createScrub(null);
    const [clean] = await scrub([`<!-- secretlint-disable -->\n${text}`]);
    expect(clean).not.toContain(secret);
  });
});
