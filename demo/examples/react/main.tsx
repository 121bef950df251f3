import { createRoot } from 'react-dom/client';
import { LeadsPage } from './leads-page.tsx';

createRoot(document.querySelector('#app')!).render(<LeadsPage />);
