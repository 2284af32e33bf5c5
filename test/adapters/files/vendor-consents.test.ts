import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import {
  consentsIn,
  type VendorConsent,
  vendorConsentsSpec,
} from '../../../src/adapters/files/vendor-consents.ts';

const said = (provider: string, folder: string | null, word: 'yes' | 'never'): VendorConsent => ({
  provider,
  folder,
  said: word,
  since: 0,
});

describe('what was said of vendors', () => {
  it('holds by the nearest folder above, whatever was said first', async () => {
    const all = [
      said('openai', '/work/secret', 'never'),
      said('openai', null, 'yes'),
      said('google', '/work', 'yes'),
    ];
    const at = async (folder: string) => Object.fromEntries(await consentsIn(folder, all));
    expect(await at('/work/secret/deep')).toEqual({ openai: 'never', google: 'yes' });
    expect(await at('/work/secretive')).toEqual({ openai: 'yes', google: 'yes' });
    expect(await at('/elsewhere')).toEqual({ openai: 'yes' });
    all.push(said('mistral', '/work/closed', 'yes'), said('*', '/work/closed', 'never'));
    expect(await at('/work/closed')).toEqual({ '*': 'never', mistral: 'yes' });
  });

  it('holds in a folder by whatever name it is reached', async () => {
    const root = mkdtempSync(join(tmpdir(), 'omcm-consents-'));
    onTestFinished(() => rmSync(root, { recursive: true }));
    mkdirSync(join(root, 'real'));
    symlinkSync(join(root, 'real'), join(root, 'link'));
    const consents = await consentsIn(join(root, 'link'), [said('openai', join(root, 'real'), 'never')]);
    expect(consents.get('openai')).toBe('never');
  });

  it('is nothing where a line says nothing that could be meant', () => {
    const { parse, serialise } = vendorConsentsSpec('/x');
    const good = said('openai', '/work', 'yes');
    const raw = serialise([good]).consents as readonly object[];
    const bad = [{}, { provider: 'a', said: 'maybe' }, { provider: 'a', folder: 'here', said: 'yes' }, null];
    expect(parse({ consents: [...raw, ...bad] }, 0).value).toEqual([good]);
    expect(parse({ consents: 'all' }, 0).value).toEqual([]);
  });
});
