import { expect, it } from 'vitest';
import { asksItsVendor } from '../../../src/core/native-tools/asks-its-vendor.ts';

const bash = { name: 'Bash', input_schema: { type: 'object' } };
const search = { name: 'web_search' };

it.each([
  ['nothing to use', {}, false],
  ['tools that Claude Code has', { tools: [bash] }, false],
  ["a search on its vendor's servers alone", { tools: [search] }, true],
  ['such a search among others', { tools: [bash, search] }, false],
  [
    'that it uses this search',
    { tools: [bash, search], tool_choice: { type: 'tool', name: 'web_search' } },
    true,
  ],
])('a request with %s', (_, body, expected) => {
  expect(asksItsVendor({ model: 'claude', messages: [], ...body })).toBe(expected);
});
