import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { keysUnder, settingAt, settingPaths } from '../../../src/core/config/config-keys.ts';
import { DEFAULT_CONFIG } from '../../../src/core/config/default-config.ts';
import { configJsonSchema } from '../../../src/core/config/json-schema.ts';
import { isPlainObject, valueAt } from '../../../src/core/config/key-path.ts';
import { configSchema } from '../../../src/core/config/schema.ts';

const schemaScript = pathToFileURL(path.resolve('scripts/write-config-schema.mjs')).href;

function everyProperty(schema: unknown): readonly unknown[] {
  if (!isPlainObject(schema)) return [];
  const children = isPlainObject(schema.properties) ? Object.values(schema.properties) : [];
  return [...children, ...children.flatMap(everyProperty), ...everyProperty(schema.additionalProperties)];
}

describe('the configuration schema', () => {
  it('accepts its own defaults', () => {
    expect(configSchema.parse(DEFAULT_CONFIG)).toEqual(DEFAULT_CONFIG);
  });

  it('has a default for every setting', () => {
    const lacking = settingPaths()
      .filter((setting) => setting[0] !== '$schema')
      .filter((setting) => valueAt(DEFAULT_CONFIG, setting) === undefined);
    expect(settingPaths().length).toBeGreaterThan(30);
    expect(lacking).toEqual([]);
  });

  it('knows which keys there are, also of single agents', () => {
    expect(keysUnder(['permissions'])).toEqual(['delegateWrites']);
    expect(keysUnder(['agents', 'any-name'])).toEqual(['target', 'model', 'stays', 'writes', 'engine']);
    expect(settingAt(['routing', 'toString'])).toBeUndefined();
    expect(settingAt(['threshold', 'deeper'])).toBeUndefined();
  });
});

describe('the JSON Schema', () => {
  it('describes every key, and tells its default', () => {
    const properties = everyProperty(configJsonSchema());
    expect(properties.length).toBeGreaterThan(40);
    expect(properties.filter((property) => typeof valueAt(property, ['description']) !== 'string')).toEqual(
      [],
    );
    expect(
      valueAt(configJsonSchema(), ['properties', 'routing', 'properties', 'usageThreshold', 'default']),
    ).toBe(70);
  });

  it('is written as a file by the build', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'omcm-schema-test-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    const file = path.join(folder, 'dist', 'config.schema.json');
    const { writeConfigSchema } = (await import(schemaScript)) as {
      writeConfigSchema: (file: string) => Promise<void>;
    };
    await writeConfigSchema(file);
    expect(JSON.parse(await readFile(file, 'utf8'))).toEqual(configJsonSchema());
  });
});
