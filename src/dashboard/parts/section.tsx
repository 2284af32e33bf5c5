import type { ComponentChildren } from 'preact';

export const SECTIONS = ['overview', 'tasks', 'runs', 'decisions', 'servers', 'savings', 'problems'] as const;

type Props = {
  readonly name: (typeof SECTIONS)[number];
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
