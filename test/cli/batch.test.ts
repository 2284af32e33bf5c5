import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { buildCli } from './support/build-cli.ts';
import { type CliHome, useCli } from './support/use-cli.ts';

const cli = await buildCli();

const YAML = `tasks:
  - { id: schema, agent: architect, prompt: plan it, estimate: 2 }
  - { id: api, agent: executor, prompt: build it, files: [src/api/**], dependsOn: [schema], estimate: 3 }
  - { id: ui, agent: designer, prompt: draw it, files: [src/ui], dependsOn: [schema] }
  - { id: 'say "hi"', agent: writer, prompt: tell it, files: [src/api/readme.md] }
`;

function useFile(text: string, name = 'tasks.yaml'): CliHome {
  const home = useCli(cli);
  writeFileSync(join(home.projectDir, name), text);
  return home;
}

async function complaintsOn(tasks: readonly object[]): Promise<string> {
  const home = useFile(JSON.stringify({ tasks }), 'tasks.json');
  const { code, stdout, stderr } = await home.omcm(['batch', 'tasks.json', '--graph']);
  expect({ code, stdout }).toEqual({ code: 6, stdout: '' });
  return stderr;
}

const task = (id: string, more: object = {}) => ({ id, agent: 'explore', prompt: 'look', ...more });

describe('omcm batch --graph', () => {
  it('prints who starts when and after what, and the graph, and starts no daemon', async () => {
    const home = useFile(YAML);
    const { code, stdout, stderr } = await home.omcm(['batch', 'tasks.yaml', '--graph', '--workers', '2']);
    expect(code).toBe(0);
    const [table = '', graph] = stdout.split('\n\n');
    expect(table.split('\n').map((line) => line.split(/ {2,}/))).toEqual([
      ['from', 'to', 'task', 'agent', 'after'],
      ['0', '2', 'schema', 'architect'],
      ['2', '5', 'api', 'executor', 'schema'],
      ['2', '3', 'ui', 'designer', 'schema'],
      ['5', '6', 'say "hi"', 'writer', 'api (src/api/readme.md)'],
    ]);
    expect(graph).toBe(
      [
        'graph TD',
        '  t0["schema<br/>architect"]',
        '  t1["api<br/>executor"]',
        '  t2["ui<br/>designer"]',
        '  t3["say #34;hi#34;<br/>writer"]',
        '  t0 --> t1',
        '  t0 --> t2',
        '  t1 -. "src/api/readme.md" .-> t3',
        '',
      ].join('\n'),
    );
    expect(stderr).toBe('4 tasks, at most 2 at once: ~6 by their estimates; no order takes less than ~6.\n');
    expect(home.daemons()).toEqual([]);
  });

  it('gives a script the plan', async () => {
    const home = useFile(YAML);
    expect(await home.json(['batch', 'tasks.yaml', '--graph'])).toMatchObject({
      workers: 3,
      makespan: 6,
      lowerBound: 6,
      conflicts: [{ first: 'api', second: 'say "hi"', file: 'src/api/readme.md' }],
      tasks: [{ id: 'schema', start: 0, end: 2, remaining: 6 }, {}, {}, {}],
    });
    await home.omcm(['config', 'set', 'routing.maxOpencodeWorkers', '1']);
    expect(await home.json(['batch', 'tasks.yaml', '--graph'])).toMatchObject({ workers: 1 });
    expect(
      await home.json(['batch', 'tasks.yaml', '--graph'], { env: { OMCM_MAX_WORKERS: '7' } }),
    ).toMatchObject({ workers: 7 });
  });

  it('names a circle, ids that are there twice, and needs that are not there', async () => {
    const circle = [task('a', { dependsOn: ['b'] }), task('b', { dependsOn: ['a'] })];
    expect(await complaintsOn(circle)).toBe('tasks.json: these wait for each other: a → b → a.\n');
    const wrong = [task('schema'), task('schema'), task('api', { dependsOn: ['shema'] })];
    expect(await complaintsOn(wrong)).toBe(
      'tasks.json: more than one task has the id "schema".\n' +
        'tasks.json: "api" depends on "shema", which is not there. Did you mean "schema"?\n',
    );
  });

  it.each([
    [{ dependson: [] }, 'tasks.0.dependson means nothing. Did you mean "dependsOn"?'],
    [{ prompt: undefined }, 'tasks.0.prompt: expected text, and it is not there.'],
    [{ prompt: ' ' }, 'tasks.0.prompt: expected a prompt that says something, and it is " ".'],
    [{ estimate: 'long' }, 'tasks.0.estimate: expected a number, and it is "long".'],
    [{ files: ['../x'] }, 'tasks.0.files.0: expected a path or a glob below the project, and it is "../x".'],
    [{ files: ['/etc'] }, 'tasks.0.files.0: expected a path or a glob below the project, and it is "/etc".'],
    [{ id: 'a\nb' }, 'tasks.0.id: expected text of 1 to 100 characters, in one line, and it is "a\\nb".'],
  ])('says what is wrong with %j', async (more, sentence) => {
    expect(await complaintsOn([task('a', more)])).toBe(`tasks.json: ${sentence}\n`);
  });

  it('says where a file is no YAML, and where there is none', async () => {
    const broken = await useFile('tasks: [').omcm(['batch', 'tasks.yaml', '--graph']);
    expect(broken.code).toBe(6);
    expect(broken.stderr).toMatch(/tasks\.yaml:1:\d+: /);
    expect(await useCli(cli).omcm(['batch', 'none.yaml', '--graph'])).toEqual({
      code: 2,
      stdout: '',
      stderr: 'none.yaml: There is no such file.\n',
    });
  });

  it('gives a script the problems', async () => {
    const home = useFile('{"tasks": []}', 'tasks.json');
    expect(await home.json(['batch', 'tasks.json', '--graph'])).toEqual({
      problems: [
        { code: 'invalid', at: 'tasks', expected: 'a list of at least 1 entries', received: 'a list of 0' },
      ],
    });
  });

  it('speaks Korean', async () => {
    const { stderr } = await useFile(YAML).omcm(['batch', 'tasks.yaml', '--graph'], {
      env: { LANG: 'ko_KR.UTF-8' },
    });
    expect(stderr).toContain('작업 4개');
  });
});
