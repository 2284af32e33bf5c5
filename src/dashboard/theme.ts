/** As the system has it, until the user says otherwise. */
const KEY = 'omcm-theme';
const THEMES = ['light', 'dark'] as const;

export function useOwnTheme(): void {
  const theme = THEMES.find((known) => known === localStorage.getItem(KEY));
  if (theme !== undefined) document.documentElement.dataset.theme = theme;
}

export function switchTheme(): void {
  const { dataset } = document.documentElement;
  const isDark = dataset.theme
    ? dataset.theme === 'dark'
    : matchMedia('(prefers-color-scheme: dark)').matches;
  dataset.theme = isDark ? 'light' : 'dark';
  localStorage.setItem(KEY, dataset.theme);
}
