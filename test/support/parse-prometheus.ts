// The text format of Prometheus, read strictly and by its own rules: nothing of the library that wrote it is used.

export type Series = {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
};

export type Family = {
  readonly name: string;
  readonly type: string;
  readonly help: string;
  readonly series: readonly Series[];
};

const NAME = '[a-zA-Z_:][a-zA-Z0-9_:]*';
const LABEL = '[a-zA-Z_][a-zA-Z0-9_]*="(?:[^"\\\\\\n]|\\\\["\\\\n])*"';
const SERIES = new RegExp(`^(${NAME})(?:\\{(${LABEL}(?:,${LABEL})*)\\})? (\\S+)$`);
const SUFFIXES: Readonly<Record<string, readonly string[]>> = {
  counter: [''],
  gauge: [''],
  histogram: ['_bucket', '_sum', '_count'],
};

export function parsePrometheus(text: string): readonly Family[] {
  if (!text.endsWith('\n')) throw new Error('the last line has no end');
  const families: Family[] = [];
  for (const line of text.split('\n').filter((one) => one !== '')) {
    const help = new RegExp(`^# HELP (${NAME}) (.+)$`).exec(line);
    if (help !== null) {
      families.push({ name: help[1] ?? '', help: help[2] ?? '', type: '', series: [] });
      continue;
    }
    const last = families.at(-1);
    if (last === undefined) throw new Error(`before any HELP: ${line}`);
    const type = new RegExp(`^# TYPE (${NAME}) (counter|gauge|histogram)$`).exec(line);
    if (type !== null) {
      if (type[1] !== last.name || last.type !== '') throw new Error(`a TYPE without its HELP: ${line}`);
      families[families.length - 1] = { ...last, type: type[2] ?? '' };
      continue;
    }
    families[families.length - 1] = { ...last, series: [...last.series, parseSeries(line, last)] };
  }
  for (const family of families) judge(family);
  const twice = families.find(({ name }, at) => families.findIndex((one) => one.name === name) !== at);
  if (twice !== undefined) throw new Error(`${twice.name} is there twice`);
  return families;
}

function parseSeries(line: string, { name, type }: Family): Series {
  const match = SERIES.exec(line);
  if (match === null) throw new Error(`not a series: ${line}`);
  const [, full = '', labels = '', value = ''] = match;
  if (!(SUFFIXES[type] ?? []).some((suffix) => full === name + suffix))
    throw new Error(`${full} stands under ${name}`);
  const pairs = labels === '' ? [] : (labels.match(new RegExp(LABEL, 'g')) ?? []);
  const parsed = pairs.map((pair) => {
    const at = pair.indexOf('=');
    return [pair.slice(0, at), JSON.parse(pair.slice(at + 1)) as string] as const;
  });
  const number = value === '+Inf' ? Number.POSITIVE_INFINITY : Number(value);
  if (Number.isNaN(number)) throw new Error(`not a number: ${line}`);
  return { name: full, labels: Object.fromEntries(parsed), value: number };
}

/** What promtool would say too: names by the conventions, no series twice, buckets that rise to the count. */
function judge({ name, type, series }: Family): void {
  if (type === '') throw new Error(`${name} has no TYPE`);
  if ((type === 'counter') !== name.endsWith('_total')) throw new Error(`${name} is a ${type} by its name?`);
  const keys = series.map((one) => JSON.stringify([one.name, Object.entries(one.labels).sort()]));
  if (new Set(keys).size !== keys.length) throw new Error(`${name} has a series twice`);
  if (type !== 'gauge' && series.some(({ value }) => value < 0)) throw new Error(`${name} is negative`);
  if (type === 'histogram') judgeBuckets(name, series);
}

function judgeBuckets(name: string, series: readonly Series[]): void {
  const others = ({ labels }: Series) => JSON.stringify({ ...labels, le: '' });
  const counts = series.filter((one) => one.name === `${name}_count`);
  for (const count of counts) {
    const own = series.filter(
      (one) => one.name === `${name}_bucket` && others(one) === JSON.stringify({ ...count.labels, le: '' }),
    );
    const ends = own.map(({ labels }) =>
      labels.le === '+Inf' ? Number.POSITIVE_INFINITY : Number(labels.le),
    );
    const values = own.map(({ value }) => value);
    const rises = (list: readonly number[]) =>
      list.every((one, at) => at === 0 || one >= (list[at - 1] ?? 0));
    if (!rises(ends) || !rises(values)) throw new Error(`the buckets of ${name} fall`);
    if (values.at(-1) !== count.value || ends.at(-1) !== Number.POSITIVE_INFINITY)
      throw new Error(`the last bucket of ${name} is not its count`);
  }
}
