// Loaded into `omcm` by --import: ends it, as a power cut does, before its KILL_AT-th change of a file or folder.
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';

let left = Number(process.env.KILL_AT);

for (const name of ['writeFile', 'rename', 'rm', 'rmdir', 'mkdir', 'chmod', 'copyFile']) {
  const real = fs.promises[name];
  fs.promises[name] = (...args) => {
    left -= 1;
    if (left === 0) process.kill(process.pid, 'SIGKILL');
    return real(...args);
  };
}
syncBuiltinESMExports();
