import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { settingPaths } from '../../../src/core/config/config-keys.ts';
import { DEFAULT_CONFIG } from '../../../src/core/config/default-config.ts';
import { nestValue, valueAt } from '../../../src/core/config/key-path.ts';
import { resolveConfig } from '../../../src/core/config/resolve-config.ts';
import { configSchema } from '../../../src/core/config/schema.ts';

const knownKey = fc.constantFrom(...new Set(settingPaths().flat()), '__proto__', 'constructor', 'toString');

/** JSON in the rough shape of a configuration, so that the right keys meet the wrong values. */
const almostConfig = fc.oneof(
  fc.jsonValue(),
  fc.dictionary(knownKey, fc.oneof(fc.jsonValue(), fc.dictionary(knownKey, fc.jsonValue()))),
);

const validValue = fc.oneof(
  fc.record({ path: fc.constant(['threshold']), value: fc.integer({ min: 1, max: 100 }) }),
  fc.record({ path: fc.constant(['locale']), value: fc.constantFrom('auto', 'en', 'ko') }),
  fc.record({ path: fc.constant(['routing', 'enabled']), value: fc.boolean() }),
  fc.record({ path: fc.constant(['opencode', 'timeout']), value: fc.integer({ min: 1000, max: 80_000 }) }),
  fc.record({
    path: fc.constant(['keywords']),
    value: fc.array(fc.string({ minLength: 1, maxLength: 9 }), { maxLength: 4 }),
  }),
);

describe('for any configuration', () => {
  it('never throws, and what it gives is itself a valid configuration', () => {
    fc.assert(
      fc.property(fc.array(almostConfig, { maxLength: 4 }), (values) => {
        const { config } = resolveConfig(values.map((value, at) => ({ source: `layer ${at}`, value })));
        expect(configSchema.safeParse(config).success).toBe(true);
        expect(Object.keys(config).sort()).toEqual(Object.keys(DEFAULT_CONFIG).sort());
        expect(config.fusionDefault).toBe(config.mode === 'fusion');
      }),
    );
  });

  it('is silent only when every key of the layer counts', () => {
    fc.assert(
      fc.property(almostConfig, (value) => {
        const { problems } = resolveConfig([{ source: 'layer', value }]);
        const accepted = configSchema.safeParse(value).success;
        const onlyContradicts = problems.every(({ code }) => code === 'contradiction');
        expect(onlyContradicts).toBe(accepted);
        expect(problems.every(({ message }) => message.startsWith('layer: '))).toBe(true);
      }),
    );
  });

  it('gives the defaults, however many empty layers there are', () => {
    fc.assert(
      fc.property(fc.nat(5), (count) => {
        const layers = Array.from({ length: count }, () => ({ source: 'empty', value: {} }));
        expect(resolveConfig(layers)).toEqual({ config: DEFAULT_CONFIG, problems: [] });
      }),
    );
  });

  it('lets the last valid value of each key win, whatever stands before it', () => {
    fc.assert(
      fc.property(almostConfig, fc.array(validValue, { minLength: 1, maxLength: 5 }), (before, settings) => {
        const { config } = resolveConfig([
          { source: 'before', value: before },
          ...settings.map(({ path, value }) => ({ source: 'set', value: nestValue(path, value) })),
        ]);
        for (const { path } of settings) {
          const last = settings.filter((other) => other.path.join() === path.join()).at(-1);
          expect(valueAt(config, path)).toEqual(last?.value);
        }
      }),
    );
  });

  it('leaves its input as it was', () => {
    fc.assert(
      fc.property(almostConfig, (value) => {
        const before = JSON.stringify(value);
        resolveConfig([{ source: 'layer', value }]);
        expect(JSON.stringify(value)).toBe(before);
      }),
    );
  });
});
