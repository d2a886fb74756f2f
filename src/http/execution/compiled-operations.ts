import type { DocumentNode, GraphQLSchema, OperationDefinitionNode } from 'graphql';
import { LRUCache } from 'lru-cache';
import { compilableSchema } from './compilable-schema';
import { type CompiledOperation, compileOperation } from './compile';

/** Fields of all compiled operations together, which take about 1 KB each. */
const fieldsMax = 30_000;

/** Compiles operations that are repeated. Evicts the least recently used ones. */
export class CompiledOperations {
  /** What compiled functions resolve with; made with the first of them. */
  #schema: GraphQLSchema | null = null;
  private readonly executions = new WeakMap<OperationDefinitionNode, number>();
  private readonly compiled: LRUCache<OperationDefinitionNode, CompiledOperation>;
  private readonly waiting: (() => void)[] = [];

  constructor(
    private readonly original: GraphQLSchema,
    /** The most operations that are compiled at a time; 0 compiles none. */
    private readonly operationsMax: number,
    /** Executions of an operation before it is compiled. */
    private readonly executionsBefore: number,
  ) {
    this.compiled = new LRUCache({
      max: Math.max(1, operationsMax),
      maxSize: fieldsMax,
      sizeCalculation: ({ fields }) => fields,
      dispose: (_compiled, operation) => this.executions.delete(operation),
    });
  }

  /** The schema that compiled functions execute with. */
  get schema(): GraphQLSchema {
    this.#schema ??= compilableSchema(this.original);
    return this.#schema;
  }

  get(operation: OperationDefinitionNode): CompiledOperation | undefined {
    return this.compiled.get(operation);
  }

  /** Counts an execution that has ended. Compiles later, when its response has been sent. */
  executed(operation: OperationDefinitionNode, document: DocumentNode): void {
    const executions = (this.executions.get(operation) ?? 0) + 1;
    this.executions.set(operation, executions);
    if (executions !== this.executionsBefore || this.operationsMax === 0) return;
    this.waiting.push(() => this.compile(operation, document));
    if (this.waiting.length === 1) setImmediate(() => this.compileNext());
  }

  /** Compiles one operation in each iteration of the event loop. */
  private compileNext(): void {
    this.waiting[0]?.();
    this.waiting.shift();
    if (this.waiting.length > 0) setImmediate(() => this.compileNext());
  }

  private compile(operation: OperationDefinitionNode, document: DocumentNode): void {
    const compiled = compileOperation(this.schema, document, operation);
    if (compiled !== null) this.compiled.set(operation, compiled);
  }
}
