// Made up at each run: nothing in this repository looks like a secret to whoever scans it.
import { generateKeyPairSync } from 'node:crypto';

const LETTERS = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';

function draw(length: number, from: string): string {
  let state = length * 7 + from.length;
  return Array.from({ length }, () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return from[Math.floor((state / 2_147_483_648) * from.length)];
  }).join('');
}

const mixed = (length: number) => draw(length, `${LETTERS}0123456789`);
const hex = (length: number) => draw(length, '0123456789abcdef');
const upper = (length: number) => draw(length, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567');
const letters = (length: number) => draw(length, LETTERS);

const pem = { type: 'pkcs8', format: 'pem' } as const;
const rsa = generateKeyPairSync('rsa', { modulusLength: 2_048 }).privateKey;
const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;

export type Planted = {
  /** As it stands in a text. */
  readonly text: string;
  /** What must not be there any more. */
  readonly secret: string;
};

const whole = (text: string): Planted => ({ text, secret: text });
const inside = (before: string, secret: string, after = ''): Planted => ({
  text: `${before}${secret}${after}`,
  secret,
});
const key = (text: string): Planted => ({ text, secret: text.split('\n')[1] ?? text });

export const PLANTED: Readonly<Record<string, Planted>> = {
  'AWS access key id': whole(`AKIA${upper(16)}`),
  'AWS secret access key': inside('AWS_SECRET_ACCESS_KEY=', mixed(40)),
  'GitHub personal token': whole(`ghp_${mixed(36)}`),
  'GitHub OAuth token': whole(`gho_${mixed(36)}`),
  'GitHub app token': whole(`ghs_${mixed(36)}`),
  'GitHub refresh token': whole(`ghr_${mixed(36)}`),
  'GitHub fine-grained token': whole(`github_pat_${mixed(22)}_${mixed(59)}`),
  'GitLab token': whole(`glpat-${mixed(20)}`),
  'Slack bot token': whole(`xoxb-${draw(12, '123456789')}-${draw(13, '123456789')}-${mixed(24)}`),
  'Slack app token': whole(`xapp-1-A${upper(10)}-${draw(13, '123456789')}-${hex(64)}`),
  'Slack webhook': whole(`https://hooks.slack.com/services/T${upper(8)}/B${upper(8)}/${mixed(24)}`),
  'SendGrid key': whole(`SG.${mixed(22)}.${mixed(43)}`),
  'Shopify token': whole(`shpat_${hex(32)}`),
  'npm token': whole(`npm_${mixed(36)}`),
  '.npmrc token': inside('//registry.example.com/:_authToken=', hex(36)),
  'OpenAI key': whole(`sk-${mixed(20)}T3BlbkFJ${mixed(20)}`),
  'OpenAI project key': whole(`sk-proj-${mixed(48)}`),
  'Anthropic key': whole(`sk-ant-api03-${mixed(93)}AA`),
  'Linear key': whole(`lin_api_${mixed(40)}`),
  'PostgreSQL address': inside('postgres://admin:', mixed(12), '@db.example.com:5432/app'),
  'MySQL address': inside('mysql://root:', mixed(12), '@10.0.0.5/app'),
  'MongoDB address': inside('mongodb+srv://user:', mixed(12), '@cluster0.mongodb.net/x'),
  'Redis address': inside('redis://:', mixed(12), '@cache.example.com:6379'),
  'password in an address': inside('https://user:', mixed(12), '@example.com/path'),
  'RSA private key': key(
    generateKeyPairSync('rsa', { modulusLength: 2_048 })
      .privateKey.export({ type: 'pkcs1', format: 'pem' })
      .toString(),
  ),
  'EC private key': key(ec.export({ type: 'sec1', format: 'pem' }).toString()),
  'PKCS#8 private key': key(rsa.export(pem).toString()),
  'encrypted private key': key(rsa.export({ ...pem, cipher: 'aes-256-cbc', passphrase: 'x' }).toString()),
  'private key cut off': key(rsa.export(pem).toString().slice(0, 300)),
  'private key in JSON': inside(
    '"private_key": "-----BEGIN PRIVATE KEY-----\\n',
    mixed(64),
    '\\n-----END PRIVATE KEY-----"',
  ),
  'Google API key': whole(`AIza${mixed(35)}`),
  'Google OAuth secret': whole(`GOCSPX-${mixed(28)}`),
  'Stripe key': whole(`sk_live_${mixed(24)}`),
  'Stripe webhook secret': inside('whsec: ', `whsec_live_${mixed(32)}`),
  'JSON web token': whole(`eyJhbGciOiJIUzI1NiJ9.eyJ${mixed(30)}.${mixed(43)}`),
  'Hugging Face token': whole(`hf_${letters(34)}`),
  'Docker token': whole(`dckr_pat_${mixed(27)}`),
  'Vault token': whole(`hvs.${mixed(90)}`),
  'Databricks token': whole(`dapi${hex(32)}`),
  'Notion token': whole(`ntn_${mixed(46)}`),
  'Figma token': whole(`figd_${mixed(40)}`),
  'PyPI token': whole(`pypi-AgEIcHlwaS5vcmc${mixed(120)}`),
  'DigitalOcean token': whole(`dop_v1_${hex(64)}`),
  'Grafana token': whole(`glsa_${mixed(32)}_${hex(8)}`),
  'Groq key': whole(`gsk_${mixed(52)}`),
  'xAI key': whole(`xai-${mixed(80)}`),
  'Discord webhook': inside('https://discord.com/api/webhooks/123456789012345678/', mixed(68)),
  'Telegram token': whole(`1234567890:${mixed(35)}`),
  'Azure account key': inside('AccountName=x;AccountKey=', `${mixed(86)}==`),
  'bearer token': inside('Authorization: Bearer ', mixed(40)),
  'quoted password': inside('password = "', 'correct-horse', '"'),
  'token in YAML': inside('api_key: ', `${mixed(24)}1a`),
  'value of .env': inside('the server answers to ', 'opensesame42'),
};

/** They look like secrets and are none, or are a secret's name without its value. */
export const LOOK_ALIKES: readonly string[] = [
  '653e2646-5971-425f-a9b0-e6ed0b25e65f',
  'commit 9ba4e55f3c1d2e4a5b6c7d8e9f0a1b2c3d4e5f60',
  'sha512-D1a/6U3JT2hhs+OpocAf1j+2t79ExrFqNm8j7pilhCQqpJ9QIEexGs1ty3v9wDACm48v0PFhCNCyn4hyctGYig==',
  'src/auth/token-store.ts',
  'the password must have 12 characters',
  'const token = readToken(request);',
  'password: string;',
  'apiKey: process.env.OPENAI_API_KEY',
  'secret = ${{ secrets.NPM_TOKEN }}',
  'TOKEN=<your-token>',
  'sk-…',
  'npm_config_registry',
  'postgres://localhost:5432/app',
  'https://example.com:8080/path@2.1',
  'user@example.com',
  'git@github.com:owner/repository.git',
  '-----BEGIN CERTIFICATE-----',
  'NODE_ENV=production',
  'ghp_ is the prefix of a GitHub token',
  'max_tokens: 128000',
  'the basic idea of the token bucket',
  '비밀번호 검증 로직',
];
