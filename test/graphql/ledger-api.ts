import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import { type DocumentNode, execute, type GraphQLSchema, parse, validate } from 'graphql';
import type { Principal } from '../../src/auth/principal';
import { limits } from '../../src/config';
import { ResponseBudget } from '../../src/graphql/response-budget';
import { buildLedgerSchema } from '../../src/graphql/schema';
import { MemoryJournal } from '../../src/journal/memory/journal';
import { BatchingLedgerService } from '../../src/service/batching-ledger-service';
import type { LedgerService } from '../../src/service/ledger-service';
import { silentLogger } from '../../src/telemetry/logger';

interface LedgerResponse<Data = unknown> {
  readonly data?: Data | null;
  readonly errors?: readonly {
    readonly message: string;
    readonly path?: readonly (string | number)[];
    readonly extensions?: { readonly code?: string };
  }[];
}

/** The API on a new ledger in memory: parses, validates and executes, as an HTTP server does. */
export class LedgerApi {
  readonly schema: GraphQLSchema;

  constructor(
    readonly service: LedgerService = memoryService(),
    private readonly rowsMax: number = limits.responseRowsMax,
    /** Who sends the operations; null may do everything. */
    private readonly principal: Principal | null = null,
  ) {
    this.schema = schemaOver(service);
  }

  send(source: string, variables?: Record<string, unknown>): Promise<LedgerResponse> {
    return this.execute(parse(source), variables);
  }

  /** The data of an operation that must go well. */
  async run<Data, Variables extends Record<string, unknown>>(
    document: TypedDocumentNode<Data, Variables>,
    variables: Variables,
  ): Promise<Data> {
    const { data, errors } = (await this.execute(document, variables)) as LedgerResponse<Data>;
    if (errors !== undefined || data == null) throw new Error(JSON.stringify(errors));
    return data;
  }

  private async execute(document: DocumentNode, variables = {}): Promise<LedgerResponse> {
    const errors = validate(this.schema, document);
    const response =
      errors.length > 0
        ? { errors }
        : await execute({
            schema: this.schema,
            document,
            variableValues: variables,
            contextValue: {
              requestId: 'test',
              principal: this.principal,
              logger: silentLogger,
              budget: new ResponseBudget(this.rowsMax),
            },
          });
    return JSON.parse(JSON.stringify(response)) as LedgerResponse;
  }
}

/** A schema, and the service that it uses at present. */
interface Seat {
  readonly schema: GraphQLSchema;
  service: LedgerService;
}

/** Schemas of tests that have ended: building another takes longer than most tests. */
const idle: Seat[] = [];
/** Those of the present test; null before the first test and between tests. */
let inUse: Seat[] | null = null;

beforeEach(() => {
  inUse = [];
});
afterEach(() => {
  idle.push(...(inUse ?? []));
  inUse = null;
});

function schemaOver(service: LedgerService): GraphQLSchema {
  if (inUse === null) return buildLedgerSchema(service);
  const seat = idle.pop() ?? newSeat(service);
  seat.service = service;
  inUse.push(seat);
  return seat.schema;
}

function newSeat(service: LedgerService): Seat {
  const present: LedgerService = {
    run: (jobs) => seat.service.run(jobs),
    entries: (range) => seat.service.entries(range),
    entriesAt: (places) => seat.service.entriesAt(places),
    newestNaming: (places) => seat.service.newestNaming(places),
    accounts: (range) => seat.service.accounts(range),
    follow: (request) => seat.service.follow(request),
    check: () => seat.service.check(),
    close: () => seat.service.close(),
  };
  const seat: Seat = { schema: buildLedgerSchema(present), service };
  return seat;
}

/** Returns a service whose ids are numbered; its clock is fixed unless the test passes one in. */
export function memoryService(now = () => Date.UTC(2024, 0, 1)): LedgerService {
  let ids = 0;
  return new BatchingLedgerService({
    journal: new MemoryJournal(),
    logger: silentLogger,
    now,
    newId: () => `entry-${++ids}`,
  });
}

/** Records the calls of a service, and fails them while `fault` is set. */
export class WatchedService implements LedgerService {
  readonly calls: string[] = [];
  fault: Error | null = null;

  constructor(private readonly service: LedgerService = memoryService()) {}

  run: LedgerService['run'] = (jobs) => this.watch('run', () => this.service.run(jobs));
  entries: LedgerService['entries'] = (range) =>
    this.watch('entries', () => this.service.entries(range));
  entriesAt: LedgerService['entriesAt'] = (places) =>
    this.watch('entriesAt', () => this.service.entriesAt(places));
  newestNaming: LedgerService['newestNaming'] = (places) =>
    this.watch('newestNaming', () => this.service.newestNaming(places));
  accounts: LedgerService['accounts'] = (range) =>
    this.watch('accounts', () => this.service.accounts(range));
  follow: LedgerService['follow'] = (request) =>
    this.watch('follow', () => this.service.follow(request));
  check: LedgerService['check'] = () => this.service.check();
  close: LedgerService['close'] = () => this.service.close();

  private async watch<Result>(name: string, call: () => Promise<Result>): Promise<Result> {
    this.calls.push(name);
    if (this.fault !== null) throw this.fault;
    return await call();
  }
}

export function add(payer: string, points: number, timestamp: string, more: object = {}) {
  return { payer, points, timestamp, ...more };
}

/** The published order is not the order of time. */
export const workedExample = [
  add('DANNON', 1000, '2020-11-02T14:00:00Z'),
  add('UNILEVER', 200, '2020-10-31T11:00:00Z'),
  add('DANNON', -200, '2020-10-31T15:00:00Z'),
  add('MILLER COORS', 10000, '2020-11-01T14:00:00Z'),
  add('DANNON', 300, '2020-10-31T10:00:00Z'),
];

/** One grant of 10 points a day, so that lot n is the nth to be spent and has sequence n. */
export function dailyGrants(count: number, accountId = 'default') {
  return Array.from({ length: count }, (_, day) =>
    add(`payer ${day % 3}`, 10, new Date(Date.UTC(2020, 0, 1 + day)).toISOString(), { accountId }),
  );
}
