import type { HttpResponse } from '../http-response';
import { htmlPage, textPage } from './page';

/** Returns the page for people who open an unknown path. It does not repeat the path. */
export function missingPage(): HttpResponse {
  return { ...htmlPage(page, "default-src 'none'", 'no-store'), status: 404 };
}

const page = textPage(
  'Page not found · Points ledger',
  `<p>There is no page at this address. There are:</p>
<ul>
<li>The <a href="/">console</a>, which shows <a href="/accounts">accounts</a> and
<a href="/import">imports files</a>.</li>
<li>The <a href="/playground">playground</a>, which shows the schema and runs operations.</li>
<li>For programs: <code>POST /graphql</code>, <code>/healthz</code> and <code>/readyz</code>.</li>
</ul>`,
);
