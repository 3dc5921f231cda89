import './configure-zod.ts';
import './styles.ts';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { createConsole } from './create-console.ts';
import { Root } from './root.tsx';

const element = document.getElementById('root');
if (element === null) {
  throw new Error('index.html has no element with the id root.');
}

createRoot(element).render(
  <StrictMode>
    <Root {...createConsole()} />
  </StrictMode>,
);
