import { describe, expect, it } from 'vitest';
import type { CallFacts } from '../../../src/core/rules/call-facts.ts';
import type { Conditions } from '../../../src/core/rules/user-rule.ts';
import { fits } from './rule-fixtures.ts';

type Row = readonly [when: Conditions, call: Partial<CallFacts>, holds: boolean];

const of = (name: string, plugin: string | null = null) => ({ agent: { name, plugin } });
const quota = (fiveHour: number | null, weekly: number | null) => ({ quota: { fiveHour, weekly } });
const prompt = (chars: number, files: readonly string[] = []) => ({ prompt: { chars, files } });

describe('a condition', () => {
  it.each<Row>([
    [{}, {}, true],
    [{ agent: 'architect' }, of('architect'), true],
    [{ agent: 'omc:architect' }, of('architect'), true],
    [{ agent: 'explorer' }, of('explore'), true],
    [{ agent: 'acme:architect' }, of('architect'), false],
    [{ agent: 'acme:architect' }, of('architect', 'acme'), true],
    [{ agent: '*-reviewer' }, of('security-reviewer'), true],
    [{ agent: 'acme:*' }, of('anything', 'acme'), true],
    [{ agent: 'acme:*' }, of('anything'), false],
    [{ agent: ['explore', 'architect'] }, of('architect'), true],
    [{ agent: ['*', '!architect'] }, of('architect'), false],
    [{ agent: '!architect' }, of('explore'), true],
    [{ tier: 'high' }, {}, true],
    [{ tier: ['low', 'medium'] }, {}, false],
    [{ mode: 'saveTokens' }, { mode: 'save-tokens' }, true],
    [{ mode: '!fusionDefault' }, { mode: 'fusion' }, false],
    [{ permissionMode: 'plan' }, { permissionMode: 'plan' }, true],
    [{ permissionMode: '!plan' }, {}, false],
    [{ project: '/home/me/work/*' }, { project: '/home/me/work/shop' }, true],
    [{ project: '/home/me/work/' }, { project: '/home/me/work' }, true],
    [{ project: '/home/me/work' }, { project: '/home/me/workshop' }, false],
    [{ project: '!/home/me/work' }, {}, false],
    [{ quota: '>= 70' }, quota(70, null), true],
    [{ quota: '>= 70' }, quota(10, 71), true],
    [{ quota: ['>= 70', '< 90'] }, quota(90, null), false],
    [{ quota: '< 70' }, quota(null, null), false],
    [{ quota: { fiveHour: '< 50', weekly: '> 80' } }, quota(49, 81), true],
    [{ quota: { fiveHour: '< 50', weekly: '> 80' } }, quota(49, null), false],
    [{ time: '09:00-18:00' }, { minuteOfDay: 9 * 60 }, true],
    [{ time: '09:00-18:00' }, { minuteOfDay: 18 * 60 }, false],
    [{ time: '22:00-06:00' }, { minuteOfDay: 5 * 60 + 59 }, true],
    [{ time: '22:00-06:00' }, { minuteOfDay: 12 * 60 }, false],
    [{ time: ['8:00-12:00', '13:00-24:00'] }, { minuteOfDay: 1_439 }, true],
    [{ time: '0:00-24:00' }, {}, false],
    [{ promptChars: '> 1000' }, prompt(1_001), true],
    [{ promptChars: '<= 1000' }, {}, false],
    [{ files: '*.sql' }, prompt(5, ['db/schema.sql']), true],
    [{ files: 'src/auth/*' }, prompt(5, ['src/auth/login/form.ts']), true],
    [{ files: 'login.ts' }, prompt(5, ['src/auth/login.ts']), true],
    [{ files: 'login.ts' }, prompt(5, ['src/auth/relogin.ts']), false],
    [{ files: ['*.ts', '!*.test.ts'] }, prompt(5, ['a.ts', 'a.test.ts']), false],
    [{ files: '*' }, {}, false],
    [{ fileCount: '>= 2' }, prompt(5, ['a.ts', 'b.ts']), true],
    [{ agent: 'architect', tier: 'low' }, {}, false],
  ])('%j of %j: %s', (when, call, holds) => {
    expect(fits(when, call)).toBe(holds);
  });
});
