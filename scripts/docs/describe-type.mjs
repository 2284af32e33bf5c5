// What a value may be, in words, from its JSON Schema.

/** @param {Record<string, any>} schema */
export function describeType(schema) {
  const { type, anyOf, oneOf } = schema;
  if (schema.enum) return schema.enum.map((value) => `\`${value}\``).join(', ');
  if (schema.const !== undefined) return `\`${schema.const}\``;
  const either = anyOf ?? oneOf;
  if (either) return [...new Set(either.map(describeType))].join(' or ');
  if (type === 'null') return '`null`';
  if (type === 'boolean') return '`true`, `false`';
  if (type === 'integer') return `whole number${range(schema)}`;
  if (type === 'number') return `number${range(schema)}`;
  if (type === 'array') return schema.items?.properties ? 'list of the following' : listOf(schema.items);
  if (type === 'object') return describeObject(schema);
  return schema.pattern?.includes('/') ? 'provider/model' : 'text';
}

function describeObject({ additionalProperties: entry }) {
  if (typeof entry !== 'object') return 'object';
  return entry.properties ? 'by name, the following' : `by name, ${describeType(entry)}`;
}

function listOf(item) {
  if (!item) return 'list';
  const [each] = [describeType(item)];
  if (/^(text|provider\/model)$/.test(each)) return `list of ${each === 'text' ? 'texts' : each}`;
  return 'list';
}

/** Zod names the largest integer where nobody has set a bound. */
function range({ minimum, maximum }) {
  const most = maximum >= Number.MAX_SAFE_INTEGER ? undefined : maximum;
  if (minimum === undefined && most === undefined) return '';
  if (most === undefined) return `, ${format(minimum)} or more`;
  return `, ${format(minimum)} to ${format(most)}`;
}

function format(value) {
  return value >= 10_000 ? value.toLocaleString('en-US') : String(value);
}
