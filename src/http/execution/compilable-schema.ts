import {
  extendSchema,
  type GraphQLField,
  type GraphQLFieldResolver,
  type GraphQLSchema,
  isObjectType,
  parse,
} from 'graphql';
import type { RecordingContext } from './root-outcomes';

/** The type of variables that are coerced before the compiled function reads them. */
export const coercedType = 'CoercedVariable';

type Field = GraphQLField<unknown, RecordingContext>;
type Resolver = GraphQLFieldResolver<unknown, RecordingContext>;

/**
 * Returns a copy of a schema for graphql-jit; the types of the original stay as they are. The copy
 * has the scalar {@link coercedType}, guards promises, and records what mutations return.
 */
export function compilableSchema(schema: GraphQLSchema): GraphQLSchema {
  const copy = extendSchema(schema, parse(`scalar ${coercedType}`), { assumeValid: true });
  for (const type of Object.values(copy.getTypeMap())) {
    if (!isObjectType(type)) continue;
    const isMutation = type === copy.getMutationType();
    for (const field of Object.values<Field>(type.getFields())) {
      const resolve = field.resolve && (isMutation ? recorded(field.resolve) : field.resolve);
      field.resolve = resolve && guarded(resolve);
    }
  }
  return copy;
}

function recorded(resolve: Resolver): Resolver {
  return (root, args, context, info) =>
    context.outcomes.resultOf(String(info.path.key), context.budget, () =>
      resolve(root, args, context, info),
    );
}

function guarded(resolve: Resolver): Resolver {
  return (root, args, context, info) => {
    const result = resolve(root, args, context, info);
    return result instanceof Promise ? new GuardedPromise(result) : result;
  };
}

/**
 * A promise that calls `onRejected`, without a reason, if `onFulfilled` throws. An exception in
 * code that graphql-jit generated, as from a getter, would otherwise be an unhandled rejection, and
 * the operation would never end.
 */
class GuardedPromise<Value> implements PromiseLike<Value> {
  constructor(private readonly promise: Promise<Value>) {}

  // biome-ignore lint/suspicious/noThenProperty: it is a promise.
  then<Fulfilled, Rejected>(
    onFulfilled?: ((value: Value) => Fulfilled | PromiseLike<Fulfilled>) | null,
    onRejected?: ((reason: unknown) => Rejected | PromiseLike<Rejected>) | null,
  ): Promise<Fulfilled | Rejected> {
    if (!onFulfilled || !onRejected) return this.promise.then(onFulfilled, onRejected);
    // It throws too if an exception outside promises has ended the operation: nobody waits for it.
    const rejected = (reason: unknown) => {
      try {
        return onRejected(reason);
      } catch {
        return undefined as Rejected;
      }
    };
    return this.promise.then<Fulfilled | Rejected, Rejected | PromiseLike<Rejected>>((value) => {
      try {
        return onFulfilled(value);
      } catch {
        return rejected(null);
      }
    }, rejected) as Promise<Fulfilled | Rejected>;
  }
}
