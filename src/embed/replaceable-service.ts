import type { LedgerService } from '../service/ledger-service';

/** A service whose implementation can be replaced, since a schema is built over one service. */
export class ReplaceableService implements LedgerService {
  constructor(private current: LedgerService) {}

  run: LedgerService['run'] = (jobs) => this.current.run(jobs);
  entries: LedgerService['entries'] = (range) => this.current.entries(range);
  entriesAt: LedgerService['entriesAt'] = (places) => this.current.entriesAt(places);
  newestNaming: LedgerService['newestNaming'] = (places) => this.current.newestNaming(places);
  accounts: LedgerService['accounts'] = (range) => this.current.accounts(range);
  follow: LedgerService['follow'] = (request) => this.current.follow(request);
  check: LedgerService['check'] = () => this.current.check();
  close: LedgerService['close'] = () => this.current.close();

  /** Sends further calls to another service and closes this one once its calls are finished. */
  async replace(next: LedgerService): Promise<void> {
    const previous = this.current;
    this.current = next;
    await previous.close();
  }
}
