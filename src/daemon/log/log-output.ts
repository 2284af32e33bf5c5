/** What anybody in this process prints, or warns of, goes into the log: there it is searched for secrets. */
import type { Log } from './log.ts';

export function logOutput(log: Log): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.write = (printed: string | Uint8Array, ...rest: unknown[]): boolean => {
      log.warn({ printed: String(printed).trimEnd() }, 'printed');
      const done = rest.find((one) => typeof one === 'function');
      if (done !== undefined) process.nextTick(done);
      return true;
    };
  }
  process.removeAllListeners('warning');
  process.on('warning', (warning) => log.warn({ warning: String(warning) }, 'warning'));
}
