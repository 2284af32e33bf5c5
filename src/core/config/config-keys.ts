// Which keys exist, told from the schema itself.
import { z } from 'zod';
import { configSchema } from './schema.ts';

/** The schema at a key path, without its optional and nullable wrappers; undefined: no such key. */
export function settingAt(path: readonly string[]): z.core.$ZodType | undefined {
  return path.reduce<z.core.$ZodType | undefined>((schema, key) => childOf(schema, key), configSchema);
}

/** The keys that may stand under a key path. A record of free names has none to offer. */
export function keysUnder(path: readonly string[]): readonly string[] {
  return keysOf(settingAt(path));
}

function keysOf(schema: z.core.$ZodType | undefined): readonly string[] {
  if (schema instanceof z.ZodObject) return Object.keys(schema.shape);
  if (schema instanceof z.ZodDiscriminatedUnion) return [...new Set(schema.options.flatMap(keysOf))];
  return [];
}

/** Every setting that holds a value: `mode`, `routing.enabled`, … */
export function settingPaths(path: readonly string[] = []): readonly (readonly string[])[] {
  const keys = keysUnder(path);
  if (keys.length === 0) return path.length === 0 ? [] : [path];
  return keys.flatMap((key) => settingPaths([...path, key]));
}

function childOf(schema: z.core.$ZodType | undefined, key: string): z.core.$ZodType | undefined {
  if (schema instanceof z.ZodRecord) return unwrap(schema.valueType);
  if (schema instanceof z.ZodArray) return /^\d+$/.test(key) ? unwrap(schema.element) : undefined;
  if (schema instanceof z.ZodDiscriminatedUnion)
    return schema.options.map((option) => childOf(option, key)).find((child) => child !== undefined);
  if (!(schema instanceof z.ZodObject) || !Object.hasOwn(schema.shape, key)) return undefined;
  return unwrap(schema.shape[key]);
}

function unwrap(schema: z.core.$ZodType): z.core.$ZodType {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable) return unwrap(schema.unwrap());
  // A transforming schema is described by what it takes in.
  if (schema instanceof z.ZodPipe) return unwrap(schema.in);
  return schema;
}
