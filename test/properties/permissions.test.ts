import { posix, win32 } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decidePermission } from '../../src/core/permissions/decide-permission.ts';
import { decideEnvelope, type Envelope, type Grant } from '../../src/core/permissions/envelope.ts';
import { toOpencodeRules } from '../../src/core/permissions/opencode-rules.ts';

const grant: fc.Arbitrary<Grant> = fc.constantFrom(
  { kind: 'read-only' },
  { kind: 'edit-in-project' },
  { kind: 'full' },
);
const part = fc.oneof(
  fc.constantFrom(
    '..',
    '.',
    '',
    'src',
    'proj',
    'proj-evil',
    '.git',
    '.GIT',
    '.env',
    '.claude',
    'a.ts',
    'C:',
    '...',
    ' ',
  ),
  fc.string({ maxLength: 5 }),
);
const path = fc
  .tuple(
    fc.constantFrom('', '/', '//', '\\', '/r/proj/', '/r/proj', 'C:\\r\\proj\\', 'c:/'),
    fc.array(part),
    fc.constantFrom('/', '\\'),
  )
  .map(([start, parts, separator]) => start + parts.join(separator));

const isBelow = (where: typeof posix, directory: string, target: string) => {
  const relative = where.relative(directory, where.resolve(directory, target));
  return relative !== '' && !where.isAbsolute(relative) && relative.split(where.sep)[0] !== '..';
};

/** What may be written, by kind: nothing (also by staying), the project, everything. */
const power = (envelope: Envelope) =>
  ({ stay: 0, 'read-only': 0, 'edit-in-project': 1, full: 2 })[envelope.kind];

describe('an envelope', () => {
  it('never grows when the mode or the configuration tightens', () => {
    const modes = ['plan', 'default', 'acceptEdits', 'bypassPermissions'];
    const consents = ['never', 'ask', 'allow'] as const;
    const step = fc.record({ mode: fc.nat(3), consent: fc.nat(2) });
    fc.assert(
      fc.property(fc.boolean(), step, step, (writes, a, b) => {
        const at = (mode: number, consent: number) =>
          power(
            decideEnvelope({
              writes,
              permissionMode: modes[mode] ?? '',
              delegateWrites: consents[consent] ?? 'never',
            }),
          );
        const tight = at(Math.min(a.mode, b.mode), Math.min(a.consent, b.consent));
        const loose = at(Math.max(a.mode, b.mode), Math.max(a.consent, b.consent));
        expect(tight).toBeLessThanOrEqual(loose);
      }),
    );
  });

  it('gives an unknown mode no more than the default one', () => {
    const question = fc.record({
      writes: fc.boolean(),
      delegateWrites: fc.constantFrom('never' as const, 'ask' as const, 'allow' as const),
    });
    const known = ['plan', 'acceptEdits', 'bypassPermissions'];
    fc.assert(
      fc.property(question, fc.string(), (asked, permissionMode) => {
        fc.pre(!known.includes(permissionMode));
        expect(decideEnvelope({ ...asked, permissionMode })).toEqual(
          decideEnvelope({ ...asked, permissionMode: 'default' }),
        );
      }),
    );
  });

  it('denies what it does not name, unless it is full', () => {
    fc.assert(
      fc.property(grant, ({ kind }) => {
        const first = toOpencodeRules({ kind })[0];
        expect(first).toEqual({ permission: '*', pattern: '*', action: kind === 'full' ? 'allow' : 'deny' });
      }),
    );
  });
});

describe('a permission', () => {
  it('is never given for a path outside the project, by the judgement of node:path', () => {
    fc.assert(
      fc.property(fc.array(path, { maxLength: 3 }), grant, (paths, kind) => {
        const request = { permission: 'edit', patterns: [], paths };
        const { reply } = decidePermission(request, kind, { directory: '/r/proj' });
        if (reply === 'once') expect(paths.every((each) => isBelow(posix, '/r/proj', each))).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });

  it('is never given for a path outside the project on Windows', () => {
    fc.assert(
      fc.property(fc.array(path, { maxLength: 3 }), grant, (paths, kind) => {
        const request = { permission: 'edit', patterns: [], paths };
        const { reply } = decidePermission(request, kind, { directory: 'C:\\r\\proj' });
        if (reply === 'once') expect(paths.every((each) => isBelow(win32, 'C:\\r\\proj', each))).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });

  it('is given for plain files of the project', () => {
    const plain = fc.array(fc.stringMatching(/^[a-z]{1,8}$/), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(plain, (parts) => {
        const request = {
          permission: 'edit',
          patterns: [parts.join('/')],
          paths: [`/r/proj/${parts.join('/')}`],
        };
        expect(decidePermission(request, { kind: 'edit-in-project' }, { directory: '/r/proj' }).reply).toBe(
          'once',
        );
      }),
    );
  });

  it('is answered with words, whatever is asked', () => {
    const request = fc.record({ permission: fc.string(), patterns: fc.array(path), paths: fc.array(path) });
    fc.assert(
      fc.property(request, grant, fc.string(), (asked, kind, directory) => {
        expect(decidePermission(asked, kind, { directory }).message).not.toBe('');
      }),
    );
  });

  it('to do anything but edit or run a shell is never given', () => {
    fc.assert(
      fc.property(fc.string(), fc.array(path), grant, (permission, paths, kind) => {
        fc.pre(permission !== 'edit' && permission !== 'bash');
        const { reply } = decidePermission({ permission, patterns: [], paths }, kind, {
          directory: '/r/proj',
        });
        expect(reply).toBe('reject');
      }),
    );
  });
});
