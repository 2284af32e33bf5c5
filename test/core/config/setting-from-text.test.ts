import { describe, expect, it } from 'vitest';
import { settingFromText } from '../../../src/core/config/setting-from-text.ts';

describe('settingFromText', () => {
  it.each([
    ['routing.enabled', 'off', false],
    ['routing.enabled', 'TRUE', true],
    ['routing.enabled', '1', true],
    ['routing.enabled', 'perhaps', 'perhaps'],
    ['threshold', '85.5', 85.5],
    ['threshold', 'many', 'many'],
    ['threshold', ' ', ' '],
    ['mode', 'fusion', 'fusion'],
    ['locale', ' ko ', 'ko'],
    ['keywords', 'one, two,', ['one', 'two']],
    ['keywords', '["a,b"]', ['a,b']],
    ['keywords', '[broken', '[broken'],
    ['fallback.forceModel', 'null', null],
    ['fallback.forceModel', 'openai/gpt-5.2', 'openai/gpt-5.2'],
    ['agents.writer', '{"stays":true}', { stays: true }],
    ['agents.writer.stays', 'yes', true],
    ['agents', '{', '{'],
    ['routing.balance', 'round-robin', 'round-robin'],
    ['routing.weights.openai', '2.5', 2.5],
    ['routing.weights', '{"openai":5}', { openai: 5 }],
    ['no.such.key', '5', '5'],
  ])('takes for %s the text %j as %j', (keyPath, text, value) => {
    expect(settingFromText(keyPath.split('.'), text)).toEqual(value);
  });
});
