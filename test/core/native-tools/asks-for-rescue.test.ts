import { expect, it } from 'vitest';
import { asksForRescue } from '../../../src/core/native-tools/asks-for-rescue.ts';

it.each([
  ['rescue on', 'on'],
  [' Rescue ON. ', 'on'],
  ['omcm rescue on', 'on'],
  ['/omcm:rescue on', 'on'],
  ['rescue 켜줘', 'on'],
  ['rescue 켜줘'.normalize('NFD'), 'on'],
  ['rescue off', 'off'],
  ['/omcm:rescue off', 'off'],
  ['rescue 꺼', 'off'],
  ['rescue', null],
  ['yes', null],
  ['turn rescue on', null],
  ['rescue on the hill', null],
  ['what does `rescue on` do?', null],
  ['rescue one', null],
])('%j asks for %s', (prompt, word) => {
  expect(asksForRescue(prompt)).toBe(word);
});
