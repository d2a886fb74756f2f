/**
 * Returns the module that starts the playground, after it asked for a key or token where one is
 * needed: until then the editor could only be refused the schema, once or twice a window. The key
 * is sent with the requests to this server, and not as a header of the editor, which would store it
 * for good. The console keeps it in the same place, for the tab only.
 *
 * @param start the script that starts the editor.
 */
export function withAccess(start: string): string {
  return `if (await ${accessScript}) {${start}}`;
}

/** An expression. Its promise resolves with false if a key or token is needed. */
const accessScript = `(async () => {
  const place = 'points-ledger-credential';
  const own = new URL('/graphql', location.origin).href;
  const secret = sessionStorage.getItem(place);
  const value = 'Bearer ' + secret;
  const isOwn = (url) => new URL(url, location.href).href.split('?')[0] === own;

  if (secret !== null) sendIt();
  // An editor without its schema says what failed.
  return ask().catch(() => true);

  function sendIt() {
    const { fetch: plainFetch, XMLHttpRequest: Xhr, WebSocket: Socket } = window;
    window.fetch = (input, init) => {
      const request = new Request(input, init);
      if (isOwn(request.url)) request.headers.set('authorization', value);
      return plainFetch(request);
    };
    const { open } = Xhr.prototype;
    Xhr.prototype.open = function (method, url, ...rest) {
      open.call(this, method, url, ...rest);
      if (isOwn(url)) this.setRequestHeader('authorization', value);
    };
    const { send } = Socket.prototype;
    Socket.prototype.send = function (data) {
      const isForUs = this.url.replace(/^ws/, 'http').split('?')[0] === own;
      send.call(this, isForUs ? withSecret(data) : data);
    };
  }

  function withSecret(data) {
    if (typeof data !== 'string' || !data.includes('connection_init')) return data;
    const message = JSON.parse(data);
    if (message.type !== 'connection_init') return data;
    return JSON.stringify({ ...message, payload: { ...message.payload, Authorization: value } });
  }

  async function ask() {
    const body = JSON.stringify({ query: '{ principal { name scopes accountId accountPrefix } }' });
    const headers = { 'content-type': 'application/json' };
    const response = await fetch(own, { method: 'POST', headers, body });
    if (response.status === 401) {
      document.querySelector('.loading-screen')?.remove();
      const asking = form(secret === null);
      show(asking);
      asking.style.inset = '1rem auto auto 1rem';
      asking.querySelector('input').focus();
      return false;
    }
    const { data } = await response.json();
    if (data?.principal) show(note(data.principal));
    return true;
  }

  function show(element) {
    element.id = 'ledger-access';
    element.style.cssText =
      'position:fixed;inset:auto 1rem 1rem auto;z-index:9999;padding:.75rem 1rem;max-width:32rem;' +
      'background:#fff;color:#111;border:1px solid #888;border-radius:6px;font:14px sans-serif';
    document.body.append(element);
  }

  function form(isFirst) {
    const element = document.createElement('form');
    const label = document.createElement('label');
    const input = Object.assign(document.createElement('input'), { type: 'password', autocomplete: 'off' });
    label.append('Key or token ', input);
    const problem = isFirst ? '' : 'The server does not accept the key or token that was sent. ';
    element.append(problem + 'This server requires a key or token; it is kept for this tab. ', label, button('Continue'));
    element.onsubmit = (event) => {
      event.preventDefault();
      sessionStorage.setItem(place, input.value.trim());
      location.reload();
    };
    return element;
  }

  function note({ name, scopes, accountId, accountPrefix }) {
    const element = document.createElement('form');
    const reach = accountId ?? (accountPrefix === null ? null : accountPrefix + '…');
    const limit = reach === null ? '' : '; only ' + reach;
    element.append('Key or token “' + name + '”: ' + (scopes.join(', ') || 'no scopes') + limit + ' ', button('Forget it'));
    element.onsubmit = (event) => {
      event.preventDefault();
      sessionStorage.removeItem(place);
      location.reload();
    };
    return element;
  }

  function button(text) {
    return Object.assign(document.createElement('button'), { textContent: text });
  }
})()`;
