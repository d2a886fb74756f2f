import { ApolloProvider } from '@apollo/client/react';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { ledgerClient } from './client/ledger-client';
import { App } from './frame/app';
import { CrashBoundary } from './frame/crash-boundary';
import './style/base.css';
import './style/frame.css';
import './style/forms.css';
import './style/choices.css';
import './style/lists.css';
import './style/payers.css';
import './style/lots.css';
import './style/expiries.css';
import './style/history.css';
import './style/import.css';
import './style/account.css';
import './style/forced-colors.css';

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <CrashBoundary>
      <ApolloProvider client={ledgerClient()}>
        <App />
      </ApolloProvider>
    </CrashBoundary>
  </StrictMode>,
);
