/** Where type-graphql stores what the decorators of all programs in the process say. */
interface Registry {
  TypeGraphQLMetadataStorage?: object;
}

const registry = globalThis as Registry;
let ownStorage: object | undefined;

/**
 * Calls a function while type-graphql uses a storage of our own. Otherwise another program in this
 * process, which may use another version of type-graphql, would share ours.
 *
 * @param call must use type-graphql synchronously.
 */
export function withOwnMetadata<Result>(call: () => Result): Result {
  const theirs = registry.TypeGraphQLMetadataStorage;
  registry.TypeGraphQLMetadataStorage = ownStorage;
  try {
    return call();
  } finally {
    ownStorage = registry.TypeGraphQLMetadataStorage;
    registry.TypeGraphQLMetadataStorage = theirs;
  }
}
