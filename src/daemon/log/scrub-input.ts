/** Prints what it is given, without the secrets in it. */
import { text } from 'node:stream/consumers';
import { createScrub } from '../../context/scrub.ts';

export async function scrubInput(): Promise<void> {
  const scrub = await createScrub(null);
  const [clean = ''] = await scrub([await text(process.stdin)]);
  process.stdout.write(clean);
}
