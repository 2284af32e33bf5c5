// `mode` and the seed's `fusionDefault` name the same choice: after this a layer's two agree.
import type { Mode } from '../routing/mode.ts';
import type { AcceptedLayer } from './accept-layer.ts';
import type { ConfigProblem } from './config-problem.ts';
import type { ConfigPatch } from './schema.ts';

export function settleMode(layer: AcceptedLayer, source: string, modeBefore: Mode): AcceptedLayer {
  const { mode, fusionDefault } = layer.patch;
  if (mode === undefined) return { ...layer, patch: withModeOfSwitch(layer.patch, modeBefore) };

  const patch = { ...layer.patch, fusionDefault: mode === 'fusion' };
  if (fusionDefault === undefined || fusionDefault === patch.fusionDefault) return { ...layer, patch };
  return { patch, problems: [...layer.problems, contradiction(source, mode, fusionDefault)] };
}

function withModeOfSwitch(patch: ConfigPatch, modeBefore: Mode): ConfigPatch {
  if (patch.fusionDefault === undefined) return patch;
  if (patch.fusionDefault) return { ...patch, mode: 'fusion' };
  return modeBefore === 'fusion' ? { ...patch, mode: 'default' } : patch;
}

function contradiction(source: string, mode: Mode, fusionDefault: boolean): ConfigProblem {
  return {
    source,
    keyPath: 'fusionDefault',
    code: 'contradiction',
    expected: `${mode === 'fusion'} beside mode ${JSON.stringify(mode)}`,
    received: String(fusionDefault),
    message: `${source}: fusionDefault is ${fusionDefault}, but mode is ${JSON.stringify(mode)}; mode counts.`,
  };
}
