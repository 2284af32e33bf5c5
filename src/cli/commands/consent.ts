/** `omcm consent`: to which vendors the conversations of subagents may go, and from which projects. */

import { realOf } from '../../adapters/files/trusted-folders.ts';
import { NO_CONSENTS, type VendorConsent, vendorConsentsSpec } from '../../adapters/files/vendor-consents.ts';
import { ANY_VENDOR } from '../../core/routing/decide-engine.ts';
import { toCanonicalProvider, toOpencodeProvider } from '../../core/routing/provider-name.ts';
import type { Cli } from '../cli.ts';
import { CommandError } from '../command-error.ts';
import { addConsents, changeConsents } from '../consent/change-consents.ts';
import type { DefineCommand } from '../define-command.ts';
import { addExamples } from '../list-examples.ts';
import { printableText } from '../printable-text.ts';
import { readState } from '../routing/read-state.ts';
import { addDirectoryOption } from '../routing-options.ts';
import { taskDirectory } from '../task-directory.ts';

type Options = {
  readonly never?: true;
  readonly remove?: true;
  readonly everywhere?: true;
  readonly directory?: string;
};

export const defineConsent: DefineCommand = (command, cli) => {
  const { consent: text } = cli.m;
  command
    .argument('[provider]', text.argumentProvider)
    .option('--never', text.optionNever)
    .option('--remove', text.optionRemove)
    .option('--everywhere', text.optionEverywhere)
    .action((provider: string | undefined, options: Options) => consent(cli, provider, options));
  addDirectoryOption(command, cli.m);
  addExamples(command, cli, [
    ['omcm consent openai', text.exampleYes],
    ['omcm consent --never', text.exampleNever],
    ['omcm consent --json', text.exampleList],
  ]);
};

async function consent(cli: Cli, given: string | undefined, options: Options): Promise<void> {
  const { never, remove, everywhere } = options;
  if (given === undefined && never !== true && remove !== true) return list(cli);
  const folder = everywhere === true ? null : await realOf(await taskDirectory(options.directory, cli.m));
  const provider = given === undefined ? null : providerOf(cli, given);
  if (remove === true) return takeBack(cli, provider, folder);
  const said = never === true ? 'never' : 'yes';
  const added: VendorConsent = { provider: provider ?? ANY_VENDOR, folder, said, since: Date.now() };
  await addConsents(cli, [added]);
  cli.output.result(added, () => '');
  cli.output.say(describe(cli, added));
}

async function list(cli: Cli): Promise<void> {
  const { output, m, paths } = cli;
  const all = await readState(cli, vendorConsentsSpec(paths.consentFile), NO_CONSENTS);
  output.result({ consents: all }, () => all.map((one) => describe(cli, one)).join('\n'));
  if (all.length === 0) output.say(m.consent.none());
}

/** Without a provider: all that was said of this folder. */
async function takeBack(cli: Cli, provider: string | null, folder: string | null): Promise<void> {
  const isMeant = (one: VendorConsent) =>
    one.folder === folder && (provider === null || one.provider === provider);
  let removed: readonly VendorConsent[] = [];
  await changeConsents(cli, (all) => {
    removed = all.filter(isMeant);
    return all.filter((one) => !isMeant(one));
  });
  const { output, m } = cli;
  if (removed.length === 0)
    throw new CommandError({ code: 'no-consent', exit: 'usage', message: m.consent.nothingSaid(folder) });
  output.result({ removed }, () => '');
  for (const one of removed) output.say(m.consent.removed(one.provider));
}

/** Claude needs none: its subagents are its own. */
function providerOf({ m }: Cli, given: string): string {
  const provider = toOpencodeProvider(toCanonicalProvider(given));
  if (provider !== 'anthropic') return provider;
  throw new CommandError({ code: 'usage', exit: 'usage', message: m.consent.notForClaude() });
}

function describe({ m }: Cli, { provider, folder, said }: VendorConsent): string {
  const vendor = provider === ANY_VENDOR ? m.consent.anybody() : printableText(provider);
  const where = folder === null ? m.consent.everywhere() : printableText(folder);
  return said === 'yes' ? m.consent.allowed(vendor, where) : m.consent.refused(vendor, where);
}
