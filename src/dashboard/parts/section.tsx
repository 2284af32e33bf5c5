import type { ComponentChildren } from 'preact';
import type { LiveTeam } from '../../core/live/live-state.ts';

export const SECTIONS = [
  'overview',
  'tasks',
  'runs',
  'decisions',
  'servers',
  'team',
  'savings',
  'problems',
] as const;

export type SectionName = (typeof SECTIONS)[number];

/** Where this machine does everything itself, there is no team to be seen. */
export function sectionsFor(team: LiveTeam | null): readonly SectionName[] {
  return SECTIONS.filter((name) => name !== 'team' || team?.kind === 'team');
}

type Props = {
  readonly name: SectionName;
  readonly title: string;
  readonly beside?: ComponentChildren;
  readonly children: ComponentChildren;
};

export function Section({ name, title, beside, children }: Props) {
  return (
    <section id={name} class="part" aria-labelledby={`${name}-title`}>
      <div class="heading">
        <h2 id={`${name}-title`} tabIndex={-1}>
          {title}
        </h2>
        {beside}
      </div>
      {children}
    </section>
  );
}
