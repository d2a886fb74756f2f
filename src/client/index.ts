/** The exports of `points-ledger/client`: what a front end or another program needs of it. */
export { bucketLink } from './apollo';
export { bucketHeader, bucketOf } from './bucket';
export { bucketFetch } from './fetch';
export { bucketHeaders } from './operation-bucket';
export { bucketExchange } from './urql';
