// `--import` of a process whose memory is watched: at SIGUSR2 it gives back what nobody holds any more.
// Without it a measurement says when the last collection was, and hardly anything of what is kept.
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc');
// What a finalizer frees is gone with the collection after it.
process.on('SIGUSR2', () => {
  collect();
  setImmediate(collect);
});
