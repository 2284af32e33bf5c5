// Which files never leave this machine, whatever is in them? Names under which tools keep keys and passwords.

const NAMES: readonly RegExp[] = [
  /^\.env(?!\.(?:example|sample|template|dist)$)(?:\.|$)/,
  /^\.?(?:npmrc|pypirc|netrc|pgpass|htpasswd|git-credentials|dockercfg)$/,
  /^id_(?:rsa|dsa|ecdsa|ed25519)$/,
  /\.(?:pem|key|p12|pfx|jks|keystore|kdbx|ovpn|ppk)$/,
  /^(?:credentials|secrets?)(?:\.(?:json|ya?ml|toml|ini))?$/,
  /^service[-_]account.*\.json$/,
];

export function hasSecretName(path: string): boolean {
  const name = path.slice(path.lastIndexOf('/') + 1).toLowerCase();
  return NAMES.some((pattern) => pattern.test(name));
}

/** What of a remote's address may be told to others: nothing with a login, and no way that runs programs. */
export function toTravellingRemote(url: string): string | null {
  if (/^[\w.-]+@[\w.-]+:(?!\/\/)[^\s]+$/.test(url) && !url.startsWith('-')) return url;
  const parts = /^(https|ssh|git):\/\/(?:([^@/\s]*)@)?([^@\s]+)$/.exec(url);
  if (parts === null) return null;
  const [, scheme = '', login, rest = ''] = parts;
  // An account of ssh is no secret, and who it is decides whether anybody may in.
  const user = scheme === 'ssh' && login !== undefined && !login.includes(':') ? `${login}@` : '';
  return `${scheme}://${user}${rest}`;
}
