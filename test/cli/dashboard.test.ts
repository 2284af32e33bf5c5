import { createServer } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { buildCli } from './support/build-cli.ts';
import { useCli } from './support/use-cli.ts';

const cli = await buildCli();

type Opened = { readonly url: string; readonly port: number };

describe('omcm dashboard', () => {
  it('prints an address on this machine that lets one browser in, a new one each time', async () => {
    const home = useCli(cli);
    const { code, stdout, stderr } = await home.omcm(['dashboard', '--no-open']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/[\w-]{22}\/#[\w-]{43}\n$/);
    expect(stderr).toContain('once');
    const again = (await home.json(['dashboard'])) as Opened;
    expect(again.url.split('#')[0]).toBe(stdout.split('#')[0]);
    expect(again.url).not.toBe(stdout.trim());
    expect((await fetch(again.url)).status).toBe(200);
  });

  it('takes the port that it is given, says where it is taken, and what is no port', async () => {
    const home = useCli(cli);
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void other.close());
    const { port } = other.address() as { port: number };
    const taken = await home.omcm(['dashboard', '--port', String(port)]);
    expect(taken).toMatchObject({ code: 1, stdout: '' });
    expect(taken.stderr).toContain(`Port ${port} is taken.`);
    const wrong = await home.omcm(['dashboard', '--port', '70000']);
    expect(wrong).toMatchObject({ code: 2, stdout: '' });
    await new Promise((resolve) => other.close(resolve));
    const opened = (await home.json(['dashboard', '--port', String(port)])) as Opened;
    expect(opened.port).toBe(port);
  });
});
