import { lazy, Suspense } from 'react';
import { useSearch } from 'wouter';
import { useBrowserLocation } from 'wouter/use-browser-location';
import { AccessGate } from '../access/access-gate';
import { AccessNote } from '../access/access-note';
import { AccountPage } from '../pages/account-page';
import { AccountsPage } from '../pages/accounts-page';
import { EntryPage } from '../pages/entry-page';
import { MissingPage } from '../pages/missing-page';
import { Loading } from './loading';
import { Masthead } from './masthead';
import { type Place, placeOf } from './paths';
import { ServerNotice } from './server-notice';

/** Loaded on demand: it contains the reader of files, which few visits need. */
const ImportPage = lazy(() => import('../pages/import-page'));

export function App() {
  const [path] = useBrowserLocation();
  const place = placeOf(path, useSearch());
  return (
    <>
      <a className="skip" href="#main">
        Skip to the content
      </a>
      <Masthead page={place.page} />
      <ServerNotice />
      <AccessNote />
      <main id="main" className="page" tabIndex={-1}>
        <Suspense fallback={<Loading what="the page" />}>
          <AccessGate>
            <PageAt place={place} />
          </AccessGate>
        </Suspense>
      </main>
    </>
  );
}

function PageAt({ place }: { readonly place: Place }) {
  switch (place.page) {
    case 'accounts':
      return <AccountsPage />;
    case 'account':
      return <AccountPage key={place.id} id={place.id} />;
    case 'entry':
      return <EntryPage key={place.id} id={place.id} />;
    case 'import':
      return <ImportPage />;
    case 'missing':
      return <MissingPage />;
  }
}
