// What does a line of OpenCode's log tell about a session? `opencode run` and ACP keep silent about failed tries
// and about steps without an answer; with `--print-logs` the log tells of both, as key=value pairs (1.18.33):
//
//   level=INFO message=loop session.id=ses_… step=2
//   level=INFO message=stream session.id=ses_… agent=build
//   level=ERROR message="stream error" session.id=ses_… error.error="AI_APICallError: Rate limit reached"
//
// Should a later version word them otherwise, then silence is noticed, only later.

export type LogNews =
  /** OpenCode is at work in a directory. */
  | { readonly kind: 'booted' }
  /** A new step: its turn begins, or the last step called tools. */
  | { readonly kind: 'step'; readonly session: string }
  /** The provider is asked, for the first time in this step or again. */
  | { readonly kind: 'asked'; readonly session: string; readonly agent: string }
  /** The provider refused, or broke off. */
  | { readonly kind: 'complaint'; readonly session: string; readonly message: string }
  /** Something failed in OpenCode itself; its answer does not say what. */
  | { readonly kind: 'error'; readonly message: string };

export function readLogLine(line: string): LogNews | null {
  if (!line.startsWith('timestamp=')) return null;
  const fields = readFields(line);
  return fields.get('level') === 'ERROR' ? readError(fields) : readInfo(fields);
}

function readInfo(fields: Fields): LogNews | null {
  const session = fields.get('session.id');
  switch (fields.get('message')) {
    case 'bootstrapping':
      return { kind: 'booted' };
    case 'loop':
      return session === undefined ? null : { kind: 'step', session };
    case 'stream':
      return session === undefined ? null : { kind: 'asked', session, agent: fields.get('agent') ?? '' };
    default:
      return null;
  }
}

function readError(fields: Fields): LogNews | null {
  const text = fields.get('error.error') ?? fields.get('error') ?? fields.get('error.message');
  if (text === undefined) return null;
  const message = text.replace(/^(AI_)?\w*(Error|Exception): /, '');
  const session = fields.get('session.id');
  const isComplaint = fields.get('message') === 'stream error' && session !== undefined;
  return isComplaint ? { kind: 'complaint', session, message } : { kind: 'error', message };
}

type Fields = ReadonlyMap<string, string>;

function readFields(line: string): Fields {
  const pairs = line.matchAll(/([\w.]+)=("(?:[^"\\]|\\.)*"|\S*)/g);
  return new Map([...pairs].map(([, key = '', value = '']) => [key, unquote(value)]));
}

function unquote(value: string): string {
  if (!value.startsWith('"')) return value;
  try {
    return String(JSON.parse(value));
  } catch {
    return value.slice(1, -1);
  }
}
