import type { RefObject } from 'preact';
import type { Connection } from '../live/connect.ts';
import { switchTheme } from '../theme.ts';
import { words } from '../words.ts';
import type { SectionName } from './section.tsx';

type Props = {
  readonly connection: Connection;
  readonly sections: readonly SectionName[];
  readonly query: string;
  readonly onQuery: (query: string) => void;
  readonly search: RefObject<HTMLInputElement | null>;
  readonly onHelp: () => void;
};

export function Top({ connection, sections, query, onQuery, search, onHelp }: Props) {
  const { page } = words;
  return (
    <header>
      <h1>OMCM</h1>
      <p class={`connection ${connection}`} role="status">
        {words.connection[connection]}
      </p>
      <nav aria-label={page.sections}>
        {sections.map((name) => (
          <a key={name} href={`#${name}`}>
            {words[name].title}
          </a>
        ))}
      </nav>
      <search>
        <label>
          <span class="hidden">{page.search}</span>
          <input
            ref={search}
            type="search"
            placeholder={page.searchHint}
            value={query}
            onInput={({ currentTarget }) => onQuery(currentTarget.value)}
            onKeyDown={({ key, currentTarget }) => {
              if (key === 'Escape') currentTarget.blur();
            }}
          />
        </label>
      </search>
      <button type="button" onClick={switchTheme} aria-label={page.theme} title={page.theme}>
        ◐
      </button>
      <button type="button" onClick={onHelp} aria-label={page.help} title={`${page.help} (?)`}>
        ?
      </button>
    </header>
  );
}
