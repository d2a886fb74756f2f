import { useFreshDatabases } from '../support/fresh-databases';
import { serveFromPostgres } from '../support/ledger-server';

/** Nothing changes for a client: the tests of other stores, on servers with PostgreSQL. */
describe('on PostgreSQL', () => {
  serveFromPostgres(useFreshDatabases());

  describe('conformance', () => {
    require('../conformance/http.test');
  });
  describe('the worked example', () => {
    require('../client/worked-example.test');
  });
  describe('concurrency', () => {
    require('../client/concurrency.test');
  });
  describe('restart', () => {
    require('../client/restart.test');
  });
  describe('pages', () => {
    require('../client/paging.test');
  });
  describe('refusals', () => {
    require('../client/refusals.test');
  });
  describe('plain HTTP', () => {
    require('../client/plain-http.test');
  });
  describe('top-level errors', () => {
    require('../client/top-level-errors.test');
  });
});
