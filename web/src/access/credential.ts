import { Store } from '../store/store';

const place = 'points-ledger-credential';

/** The key or token that requests are sent with. The browser forgets it when the tab is closed. */
class Credential {
  readonly store = new Store<string | null>(stored());

  set(text: string): void {
    this.store.set(text);
    try {
      sessionStorage.setItem(place, text);
    } catch {
      // A browser that stores nothing keeps it until the page is loaded again.
    }
  }

  clear(): void {
    this.store.set(null);
    try {
      sessionStorage.removeItem(place);
    } catch {
      // Nothing was stored.
    }
  }

  /** Returns the header of requests, which is also the payload of connection_init. */
  get headers(): Record<string, string> {
    const text = this.store.state;
    return text === null ? {} : { Authorization: `Bearer ${text}` };
  }
}

function stored(): string | null {
  try {
    return sessionStorage.getItem(place);
  } catch {
    return null;
  }
}

export const credential = new Credential();
