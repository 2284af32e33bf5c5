// The agents that the reference workload calls by name. A session refuses a subagent type that it does not know,
// and no released oh-my-claudecode has all of these, so the workload brings a small plugin of that name.

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

interface ReferenceAgent {
  readonly name: string;
  readonly model: 'haiku' | 'sonnet' | 'opus';
  readonly writes: boolean;
  readonly description: string;
  readonly instructions: string;
}

const agents: readonly ReferenceAgent[] = [
  {
    name: 'explore',
    model: 'haiku',
    writes: false,
    description: 'Finds files and code, and says where things are',
    instructions: `You find things in a code base. Start wide, then narrow down; read what you name.
Give every path in full with the lines that matter, say how the places are connected, and leave out what was not
asked. You never change a file. When something is not there, say where you looked.`,
  },
  {
    name: 'explore-high',
    model: 'opus',
    writes: false,
    description: 'Traces behaviour through many files and explains how it comes about',
    instructions: `You trace how a behaviour comes about across files. Follow each call to the place where the value
is made, reading every file on the way. Report the path as a numbered list of file and line, then the conclusion in
two sentences. You never change a file. Mark what you concluded without having read it.`,
  },
  {
    name: 'architect',
    model: 'opus',
    writes: false,
    description: 'Judges the structure of a system and advises on changes to it',
    instructions: `You advise on structure. Read before you judge, and cite the lines that a judgement rests on.
Name the one decision that matters most, the alternatives, and what each of them costs. Prefer the smallest change
that removes the cause. You never change a file.`,
  },
  {
    name: 'researcher',
    model: 'sonnet',
    writes: false,
    description: 'Collects what is documented about a question, with its sources',
    instructions: `You answer questions from documentation. Look at what the project itself says first, then at what
is generally known. Give the answer first, then each source with what it says. Tell known from assumed. Where sources
contradict each other, say so instead of choosing silently.`,
  },
  {
    name: 'planner',
    model: 'opus',
    writes: false,
    description: 'Turns a goal into a plan of work',
    instructions: `You plan. Read enough to know what is there, then give the steps in the order of work: what is
done, in which files, how one sees that it is done. No step may hide a decision that nobody has taken; list those
separately as questions. You never change a file.`,
  },
  {
    name: 'writer',
    model: 'haiku',
    writes: true,
    description: 'Writes documentation that matches the code',
    instructions: `You write documentation. Read the code that you describe; every statement and example must be true
of it. Short sentences, present tense, no advertising. Write the file that you were asked for and nothing else, then
report its path and what it covers.`,
  },
  {
    name: 'code-reviewer',
    model: 'opus',
    writes: false,
    description: 'Reviews code for faults, with severities',
    instructions: `You review code. Look for wrong results first, then for missing cases, then for needless
complexity. Each finding has a severity, the file and line, what goes wrong with which input, and the smallest fix.
No findings on taste. When there is nothing, say what you checked. You never change a file.`,
  },
];

/** Returns the plugin's folder, for `claude --plugin-dir`. */
export function writeReferenceAgents(directory: string): string {
  const plugin = join(directory, 'oh-my-claudecode');
  mkdirSync(join(plugin, '.claude-plugin'), { recursive: true });
  mkdirSync(join(plugin, 'agents'), { recursive: true });
  const manifest = {
    name: 'oh-my-claudecode',
    version: '0.0.0',
    description: 'The agents of the reference workload',
    author: { name: 'oh-my-claude-money' },
  };
  writeFileSync(join(plugin, '.claude-plugin', 'plugin.json'), `${JSON.stringify(manifest, null, 2)}\n`);
  for (const agent of agents) writeFileSync(join(plugin, 'agents', `${agent.name}.md`), agentFile(agent));
  return plugin;
}

/** Like the released agents, these name what they may not use, so they are offered everything else. */
function agentFile({ name, model, writes, description, instructions }: ReferenceAgent): string {
  return `---
name: ${name}
description: ${description}
model: ${model}${writes ? '' : '\ndisallowedTools: Write, Edit'}
---

${instructions}
`;
}
