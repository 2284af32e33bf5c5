/**
 * What the scanner does not know: forms that their makers publish, passwords in addresses, values that a name in
 * front of them gives away, and keys whose end was cut off. docs/decisions/0022 says why they are here.
 */
import type { Finding } from './mask.ts';

/** The last group of a pattern is the secret; without one it is the whole. */
const FORMS: readonly (readonly [kind: string, pattern: RegExp])[] = [
  [
    'private-key',
    // Its lines may be those of a file, of JSON, or pieces of text that a program puts together.
    /-----BEGIN[A-Z ]*PRIVATE KEY(?: BLOCK)?-----(?:(?:[\s'"`+]|\\+[nr])*(?:[A-Za-z0-9+/=]{16,}|(?:Proc-Type|DEK-Info|Version|Comment):[^\n]*))*(?:(?:[\s'"`+]|\\+[nr])*[A-Za-z0-9+/=]{0,15}(?:[\s'"`+]|\\+[nr])*-----END[A-Z ]*-----)?/g,
  ],
  // The scanner knows these, with more care; a log line has no time to wait for it.
  [
    'token',
    /\b(?:gh[pousr]_|github_pat_|npm_|SG\.|shp(?:at|ss|ca|pa)_|lin_api_|sk-ant-|ops_ey)[\w.-]{23,}\w/g,
  ],
  ['access-key-id', /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/g],
  ['slack-webhook', /https:\/\/hooks\.slack\.com\/services\/([\w/]{20,})/g],
  ['openai-key', /\bsk-[A-Za-z0-9]{20,}/g],
  ['gitlab-token', /\bgl(?:pat|dt|rt|cbt|ptt|oas)-[\w-]{20,}/g],
  ['stripe-key', /\b[srw](?:k|hsec)_(?:live|test)_[A-Za-z0-9]{16,}/g],
  ['google-api-key', /\bAIza[\w-]{35}/g],
  ['google-oauth', /\b(?:GOCSPX-[\w-]{20,}|ya29\.[\w-]{20,})/g],
  ['json-web-token', /\beyJ[\w-]{8,}\.eyJ[\w-]{8,}\.[\w-]{8,}/g],
  ['hugging-face-token', /\bhf_[A-Za-z]{30,}/g],
  ['docker-token', /\bdckr_(?:pat|oat)_[\w-]{20,}/g],
  ['vault-token', /\bhv[sbr]\.[\w-]{24,}/g],
  ['databricks-token', /\bdapi[0-9a-f]{32}\b/g],
  ['notion-token', /\b(?:ntn|secret)_[A-Za-z0-9]{43,}/g],
  ['figma-token', /\bfig[dou]_[\w-]{30,}/g],
  ['pypi-token', /\bpypi-AgE[\w-]{50,}/g],
  ['digitalocean-token', /\bdo[opr]_v1_[0-9a-f]{64}\b/g],
  ['grafana-token', /\bgl(?:sa|c)_[A-Za-z0-9+/=_]{32,}/g],
  ['model-provider-key', /\b(?:gsk_|xai-|pplx-|r8_|fw_|sk-or-v1-)[A-Za-z0-9]{32,}/g],
  ['openai-key', /\bsk-(?:proj|svcacct|admin)-[\w-]{32,}/g],
  ['discord-webhook', /https:\/\/discord(?:app)?\.com\/api\/webhooks\/\d+\/([\w-]{40,})/g],
  ['telegram-token', /\b\d{8,10}:[A-Za-z0-9_-]{35}\b/g],
  ['azure-account-key', /\bAccountKey=([A-Za-z0-9+/=]{40,})/g],
  ['slack-token', /\bx(?:ox[a-z]|app)-[\w-]{20,}/g],
  ['authorization', /\b(?:Bearer|Basic|token)\s+([A-Za-z0-9+/._~-]{20,}=*)/gi],
  ['npm-auth', /_auth(?:Token)?\s*=\s*([^\s"']{8,})/g],
  ['password-in-address', /\b[a-z][a-z0-9+.-]{1,20}:\/\/[^\s:/@]{0,100}:([^\s/@]{3,200})@/gi],
  [
    'named-secret',
    /(?<![\w.])[\w.-]{0,40}(?:passw(?:or)?d|passphrase|secret|token|api[-_]?key|private[-_]?key|access[-_]?key|credential)["'`]?\s{0,3}(?:=|:|=>)\s{0,3}(?:["'`]([^\s"'`]{8,400})["'`]|((?=\S{0,200}\d)(?=\S{0,200}[A-Za-z])[^\s"'`,;(){}[\]<>]{12,400}))/gi,
  ],
];

export function findMoreSecrets(text: string): readonly Finding[] {
  return FORMS.flatMap(([kind, pattern]) =>
    [...text.matchAll(pattern)].flatMap((match) => {
      const secret = match.slice(1).find((group) => group !== undefined) ?? match[0];
      const start = match.index + match[0].lastIndexOf(secret);
      return isPlaceholder(secret) ? [] : [{ kind, start, end: start + secret.length }];
    }),
  );
}

/** What documents write where a secret would stand. */
function isPlaceholder(text: string): boolean {
  return /^(?:\$\{?\w|<|\{\{|process\.env|import\.meta|\[masked |\*{3,}|x{6,}|\.{3}|your[-_ ]|changeme|example)/i.test(
    text,
  );
}
