import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseAgentFile } from '../../../src/adapters/claude-code/parse-agent-file.ts';

const FILE = '/agents/by-file-name.md';
const parse = (text: string) => parseAgentFile(text, FILE);

describe('an agent file', () => {
  it('is named by its head, and instructs by what stands under it', () => {
    const text =
      '---\nname: explore\ndescription: Looks around\n---\n\nYou look around.\n\n---\n\nA rule is no head.\n';
    expect(parse(text)).toMatchObject({
      name: 'explore',
      instructions: 'You look around.\n\n---\n\nA rule is no head.',
    });
  });

  it.each([
    ['quoted', 'name: "explore"', 'explore'],
    ['quoted once', "name: 'explore'", 'explore'],
    ['a number', 'name: 42', '42'],
    ['with a comment after it', 'name: explore # the scout', 'explore'],
    ['with spaces around it', 'name:   explore   ', 'explore'],
    ['beside a colon that YAML refuses', 'description: Use this: it is good\nname: explore', 'explore'],
    ['beside a brace that YAML refuses', 'name: explore\nargs: {a: [', 'explore'],
    ['quoted, beside what YAML refuses', 'name: "explore"\ndescription: a: b: c', 'explore'],
    ['in another language', 'name: 탐험가', '탐험가'],
  ])('is named by its head also %s', (_how, head, name) => {
    expect(parse(`---\n${head}\n---\nBody`)).toMatchObject({ name, instructions: 'Body' });
  });

  it.each([
    ['has no head', 'Just instructions.', 'Just instructions.'],
    ['has a head without a name', '---\ndescription: x\n---\nBody', 'Body'],
    ['has an empty head', '---\n---\nBody', 'Body'],
    ['has a head that is a list', '---\n- name\n---\nBody', 'Body'],
    ['has a head that is never closed', '---\nnam: x\nBody', '---\nnam: x\nBody'],
    ['is empty', '', ''],
  ])('is named by its file where it %s', (_how, text, instructions) => {
    expect(parse(text)).toMatchObject({ name: 'by-file-name', instructions });
  });

  it.each([
    [
      'line ends of Windows',
      '---\r\nname: explore\r\ndescription: a: b\r\n---\r\nOne\r\nTwo\r\n',
      'One\r\nTwo',
    ],
    ['a byte order mark', '\uFEFF---\nname: explore\n---\nBody', 'Body'],
    ['spaces behind its lines', '--- \nname: explore \n--- \nBody', 'Body'],
    ['nothing under its head', '---\nname: explore\n---', ''],
  ])('may have %s', (_what, text, instructions) => {
    expect(parse(text)).toMatchObject({ name: 'explore', instructions });
  });

  it.each([
    ['names neither model nor tools', 'name: a', null, null],
    ['lists its tools with commas', 'model: opus\ntools: Read, Grep,Bash', 'opus', ['Read', 'Grep', 'Bash']],
    ['lists its tools as YAML does', 'model: haiku\ntools: [Read, Grep]', 'haiku', ['Read', 'Grep']],
    ['is no YAML', 'description: a: b\nmodel: sonnet\ntools: Read, Grep', 'sonnet', ['Read', 'Grep']],
  ])('may say with which model and tools it works: one that %s', (_how, head, model, tools) => {
    expect(parse(`---\n${head}\n---\nBody`)).toMatchObject({ model, tools });
  });

  it('is read whatever stands in it', () => {
    const line = fc.oneof(
      fc.constantFrom(
        '---',
        'name: a',
        'name:',
        '&a *a',
        '? ',
        '- [',
        '{',
        '!!js/function x',
        '\uFEFF',
        '\r',
      ),
      fc.string(),
    );
    fc.assert(
      fc.property(fc.array(line), (lines) => {
        const { name, instructions } = parse(lines.join('\n'));
        expect(name.length).toBeGreaterThan(0);
        expect(instructions).toBe(instructions.trim());
      }),
    );
  });
});
