// The configuration's JSON Schema, for editors: what a file may hold, with each default beside its key.
import { z } from 'zod';
import { DEFAULT_CONFIG } from './default-config.ts';
import { isPlainObject } from './key-path.ts';
import { configSchema } from './schema.ts';

export function configJsonSchema(): Readonly<Record<string, unknown>> {
  // Editors read draft 7 more widely than the newer drafts.
  const schema = z.toJSONSchema(configSchema, { io: 'input', target: 'draft-7' });
  return { title: 'OMCM configuration', ...withDefaults(schema, DEFAULT_CONFIG) };
}

function withDefaults(
  schema: Readonly<Record<string, unknown>>,
  value: unknown,
): Readonly<Record<string, unknown>> {
  const properties = schema.properties;
  if (!isPlainObject(properties) || !isPlainObject(value)) return { ...schema, default: value };
  const filled = Object.entries(properties).map(([key, child]) => [
    key,
    isPlainObject(child) && Object.hasOwn(value, key) ? withDefaults(child, value[key]) : child,
  ]);
  return { ...schema, properties: Object.fromEntries(filled) };
}
