// An `opencode serve` on another machine, as a configuration file names it.
import { z } from 'zod';

/** Host, port and perhaps a path; what could hold a password has no place in it. */
const ADDRESS = /^https?:\/\/[^\s/?#@\\]+(\/[^\s?#@\\]*)?$/;

const address = 'an address such as https://build.example:4096, without user name, password and query';

const remoteServer = z.strictObject({
  url: z
    .string()
    .max(2_000)
    .regex(ADDRESS, address)
    .refine((url) => URL.canParse(url), address)
    .transform((url) => url.replace(/\/+$/, ''))
    .describe('Where it listens; a path before its own routes is kept.'),
  username: z
    .string()
    .regex(/^[^:\s]{1,200}$/, 'a user name of at most 200 characters, without colon and blanks')
    .default('opencode')
    .describe("The user name that it asks for; OpenCode's own is opencode."),
  passwordEnv: z
    .string()
    .regex(
      /^[A-Z_][A-Z0-9_]{0,199}$/,
      'the name of an environment variable in capitals, never the password itself',
    )
    .describe('The environment variable of the daemon that holds its password.'),
});

export const remoteServers = z
  .array(remoteServer)
  .max(16)
  .refine(
    (servers) => new Set(servers.map(({ url }) => url)).size === servers.length,
    'a list in which each address stands once',
  );

export type RemoteServer = z.output<typeof remoteServer>;
