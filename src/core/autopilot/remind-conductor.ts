import type { Autopilot } from './autopilot.ts';

/** What the model that conducts is told where it would end its turn with its goal open. */
export function remindConductor({ goal, stage, rounds }: Autopilot): string {
  const open = `OMCM autopilot is not at its end: "${goal.slice(0, 300)}".`;
  const give = 'If it cannot be met, say so with `omcm autopilot cancel`.';
  if (stage.name === 'working')
    return `${open} Round ${rounds.length + 1} is open: \`omcm autopilot round\` goes on with it. ${give}`;
  const next = rounds.length === 0 ? 'Plan the first round' : 'Plan what is left';
  return `${open} ${next}, and hand it out with \`omcm autopilot round -\`; \`omcm autopilot verify\` judges what you did yourself. ${give}`;
}
