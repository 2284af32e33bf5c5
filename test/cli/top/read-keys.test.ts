import { expect, it } from 'vitest';
import { readKeys } from '../../../src/cli/top/read-keys.ts';

it.each([
  ['\u001B[A\u001B[Bj', ['up', 'down', 'j']],
  ['\u001BOA', ['up']],
  ['/한a\r', ['/', '한', 'a', 'enter']],
  ['\u001B', ['escape']],
  ['\u0003', ['ctrl-c']],
  ['\u007F', ['backspace']],
  // Page down, a function key, a mouse: nothing of ours.
  ['\u001B[6~\u001BOP\u001B[<0;1;1Mx', ['x']],
  ['\u0001', []],
])('%j are the keys %j', (text, keys) => {
  expect(readKeys(text)).toEqual(keys);
});
