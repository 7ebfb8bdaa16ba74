import './trusted-types.ts';
import './held-keys.ts';
import './new-build.ts';
import '@mantine/core/styles.css';
import './long-words.css';
import './print.css';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';

createRoot(document.getElementById('root')!).render(<App />);
