// An authority of the test's own, and a certificate of it for this machine.
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export type Certificates = {
  readonly ca: string;
  readonly caFile: string;
  readonly certFile: string;
  readonly keyFile: string;
};

const KEY = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];

export function makeCertificates(folder: string): Certificates {
  const at = (name: string) => join(folder, name);
  const openssl = (...words: readonly string[]) => execFileSync('openssl', words, { stdio: 'pipe' });
  const authority = ['-subj', '/CN=An authority of a test', '-keyout', at('ca.key'), '-out', at('ca.pem')];
  openssl('req', '-x509', ...KEY, '-days', '2', ...authority);
  openssl('req', ...KEY, '-subj', '/CN=redis', '-keyout', at('redis.key'), '-out', at('redis.csr'));
  writeFileSync(at('names'), 'subjectAltName=IP:127.0.0.1\n');
  const signed = ['-CA', at('ca.pem'), '-CAkey', at('ca.key'), '-CAcreateserial', '-extfile', at('names')];
  openssl('x509', '-req', '-in', at('redis.csr'), '-days', '2', ...signed, '-out', at('redis.pem'));
  return {
    ca: readFileSync(at('ca.pem'), 'utf8'),
    caFile: at('ca.pem'),
    certFile: at('redis.pem'),
    keyFile: at('redis.key'),
  };
}
