/** Pays OpenCode's first-prompt price (one to three seconds a directory) before a real task has to. */
import { type OpencodeClient, orThrow } from './connect-client.ts';
import { WARM_UP_MODEL, WARM_UP_PROVIDER } from './server-config.ts';

export async function warmDirectory(client: OpencodeClient, directory: string): Promise<void> {
  const options = { signal: AbortSignal.timeout(20_000), ...orThrow };
  const session = await client.session.create({ directory, title: 'omcm warm-up' }, options);
  const sessionID = session.data.id;
  try {
    await client.session.prompt(
      {
        sessionID,
        directory,
        model: { providerID: WARM_UP_PROVIDER, modelID: WARM_UP_MODEL },
        parts: [{ type: 'text', text: 'ok' }],
      },
      options,
    );
  } finally {
    await client.session.delete({ sessionID, directory }).catch(() => undefined);
  }
}
