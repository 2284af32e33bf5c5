import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { buildContext, parseDocument, renderDocument } from '../../src/index.ts';
import { TEST_FOLDER_PREFIX } from '../support/test-folder-prefix.ts';

it('builds the context of a session, as the seed names it', async () => {
  const home = mkdtempSync(join(tmpdir(), TEST_FOLDER_PREFIX));
  onTestFinished(() => rmSync(home, { recursive: true }));
  const transcript = join(import.meta.dirname, '..', 'fixtures', 'transcripts', 'work.jsonl');
  const context = await buildContext({ directory: home, transcript, env: { HOME: home } });
  expect(Object.keys(context).sort()).toEqual(['decisions', 'delegated', 'files', 'meta', 'task', 'todos']);
  expect(context.todos.pending).toEqual(['Test the receipt']);
  expect(context.files.changed, 'what lies outside of the project is left out').toEqual([]);
  expect(parseDocument(renderDocument(context, { locale: 'ko', offsetMinutes: 540 }))).toEqual(context);
});
