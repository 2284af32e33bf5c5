import { describe, expect, it } from 'vitest';
import { fitResult, headLength } from '../../../src/core/delegation/fit-result.ts';
import { listHeadings } from '../../../src/core/delegation/outline.ts';

const section = (title: string, characters: number) => `## ${title}\n${'x'.repeat(characters)}\n`;

describe('fitResult', () => {
  it('leaves a text that fits as it is', () => {
    expect(fitResult('short', 5, '/tmp/full.md')).toEqual({ text: 'short', whole: true, leftOut: 0 });
  });

  it('keeps the beginning and the end, and says what is missing and where it is', () => {
    const text = `START ${'a'.repeat(50_000)} END`;
    const fitted = fitResult(text, 45_000, '/home/u/.omcm/results/1.md');
    expect(fitted.whole).toBe(false);
    expect(fitted.text.length).toBeLessThanOrEqual(45_000);
    expect(fitted.text).toMatch(
      /^START a+\n\n\[8,010 of 50,010 characters are left out here\. The full text: /,
    );
    expect(fitted.text).toContain('/home/u/.omcm/results/1.md]\n\na');
    expect(fitted.text).toMatch(/a END$/);
    expect(fitted.leftOut).toBe(8_010);
  });

  it('names no file where none was kept', () => {
    expect(fitResult('a'.repeat(2_000), 1_000, null).text).toMatch(/left out here\.\]/);
  });

  it('lists the headings of what is left out, and only those', () => {
    const text =
      section('First', 3_000) + section('Second', 3_000) + section('Third', 1_000) + section('Last', 1_000);
    const { text: fitted } = fitResult(text, 5_000, null);
    expect(fitted).toContain('\n- ## Second (3,011 characters)\n- ## Third (');
    expect(fitted).not.toContain('- ## First');
    expect(fitted).not.toContain('- ## Last');
  });

  it('says how many headings it could not list', () => {
    const text = Array.from({ length: 500 }, (_, i) => section(`Finding ${i}`, 100)).join('');
    const { text: fitted } = fitResult(text, 4_000, null);
    expect(fitted.length).toBeLessThanOrEqual(4_000);
    expect(fitted).toMatch(/characters\)\n- and 4\d\d more headings\n\n/);
  });

  it('still marks the gap where there is no room for words', () => {
    expect(fitResult('a'.repeat(500), 100, '/tmp/full.md').text).toMatch(/^a+\n\[…\]\na+$/);
  });

  it('keeps the limit at every length at which the notice just fits or just does not', () => {
    const text = section('A', 900) + section('B', 900) + section('C', 900);
    for (let limit = 0; limit < text.length; limit += 1) {
      expect(fitResult(text, limit, '/tmp/f.md').text.length).toBeLessThanOrEqual(limit);
    }
  });

  it.each([0, -1, Number.NaN, 0.5])('gives nothing for a limit of %d', (limit) => {
    expect(fitResult('text', limit, null)).toEqual({ text: '', whole: false, leftOut: 4 });
  });

  it('does not cut an emoji in half', () => {
    for (let limit = 40; limit < 60; limit += 1) {
      expect(fitResult('😀'.repeat(200), limit, null).text).not.toMatch(/\p{Surrogate}/u);
    }
  });
});

describe('headLength', () => {
  it('is all of a short text, and of a long one what stays for good', () => {
    expect(headLength('short', 1_000)).toBe(5);
    expect(headLength('a'.repeat(5_000), 1_000)).toBe(500);
  });

  it('holds back half a character', () => {
    expect(headLength('half \ud83d', 1_000)).toBe(5);
    expect(headLength('whole 😀', 1_000)).toBe(8);
  });
});

describe('listHeadings', () => {
  it('finds headings, and where they start', () => {
    expect(listHeadings('# One\ntext\n  ### Two  \n')).toEqual([
      { title: '# One', start: 0 },
      { title: '### Two', start: 11 },
    ]);
  });

  it('takes no comment in a code fence for a heading', () => {
    const text = [
      '```sh',
      '# comment',
      '~~~',
      '```',
      '# Real',
      '~~~~',
      '# no',
      '~~~',
      '# no',
      '~~~~~',
      '# Also',
    ];
    expect(listHeadings(text.join('\n')).map(({ title }) => title)).toEqual(['# Real', '# Also']);
  });

  it.each(['#tag', '#', '####### seven', 'a # b', '    # code'])('takes %j for none', (line) => {
    expect(listHeadings(line)).toEqual([]);
  });
});
