import { hasValueAt, isPlainObject, nestValue, valueAt } from '../../core/config/key-path.ts';
import { resolveConfig } from '../../core/config/resolve-config.ts';
import type { Config } from '../../core/config/schema.ts';
import { renderValue } from './render-value.ts';

/** What holds instead of the value that was just set, because a later layer says so; null where it holds. */
export function findOutvoted(config: Config, path: readonly string[], value: unknown): string | null {
  // As the schema understands it: `gemini/…` means `google/…`.
  const understood = resolveConfig([{ source: '', value: nestValue(path, value) }]).config;
  const [meant, holds] = [valueAt(understood, path), valueAt(config, path)];
  // An object is merged with what other layers say of it.
  if (!hasValueAt(config, path) || isPlainObject(holds)) return null;
  return renderValue(holds) === renderValue(meant) ? null : renderValue(holds);
}
