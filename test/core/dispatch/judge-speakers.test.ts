import { describe, expect, it } from 'vitest';
import { judgeSpeakers } from '../../../src/core/dispatch/judge-speakers.ts';

const speaker = (protocol: number, host = `h${protocol}`) => ({ host, version: '1.2.3', protocol });

describe('whether a worker is understood', () => {
  it.each([
    ['nobody is there', [], { kind: 'nobody' }],
    ['all speak as it does', [speaker(2)], { kind: 'understood', strangers: [] }],
    ['one does', [speaker(2), speaker(3)], { kind: 'understood', strangers: [speaker(3)] }],
    ['all are newer', [speaker(3)], { kind: 'strange', stranger: speaker(3), isOurs: true }],
    ['all are older', [speaker(1)], { kind: 'strange', stranger: speaker(1), isOurs: false }],
    [
      'older and newer ones',
      [speaker(1), speaker(3)],
      { kind: 'strange', stranger: speaker(3), isOurs: true },
    ],
  ] as const)('where %s', (_, speakers, expected) => {
    expect(judgeSpeakers(2, speakers)).toEqual(expected);
  });
});
