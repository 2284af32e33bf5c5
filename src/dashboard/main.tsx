import { render } from 'preact';
import { App } from './app.tsx';
import { enter } from './live/enter.ts';
import { createStore } from './live/store.ts';
import './page.css';
import { useOwnTheme } from './theme.ts';

useOwnTheme();
await enter().catch(() => undefined);
const store = createStore();
const place = document.getElementById('page');
if (place !== null) render(<App store={store} />, place);
