import { expect, it } from 'vitest';
import { listEnvSecrets } from '../../../src/core/secrets/env-secrets.ts';
import { mask } from '../../../src/core/secrets/mask.ts';

const at = (start: number, end: number, kind = 'k') => ({ kind, start, end });

it.each([
  [[], '0123456789'],
  [[at(2, 4)], '01[masked k]456789'],
  [[at(0, 10)], '[masked k]'],
  [[at(2, 6), at(4, 8, 'other')], '01[masked k]89'],
  [[at(4, 5, 'inner'), at(2, 8)], '01[masked k]89'],
  [[at(2, 4), at(4, 6, 'l')], '01[masked k][masked l]6789'],
  [[at(5, 5)], '0123456789'],
])('masks %j', (findings, masked) => {
  expect(mask('0123456789', findings)).toBe(masked);
});

it('knows the secrets of a .env file from its settings', () => {
  const text = [
    '# comment',
    'NODE_ENV=production',
    'PORT=8080',
    'API_URL=https://api.example.com/v1',
    'export STRIPE_KEY="a b c d"',
    "DB_PASSWORD='hunter2x'",
    'DATABASE_URL=postgres://me:pw12345@db/x # main',
    'SESSION_ID_HASH=9f8e7d6c5b4a39281706f5e4d3c2b1a0',
    'JWT_SECRET=correcthorse',
    'EMPTY=',
    'SHORT_TOKEN=abc',
  ].join('\n');
  expect(listEnvSecrets(text)).toEqual([
    'a b c d',
    'hunter2x',
    'postgres://me:pw12345@db/x',
    '9f8e7d6c5b4a39281706f5e4d3c2b1a0',
    'correcthorse',
  ]);
});
