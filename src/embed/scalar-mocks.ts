/**
 * Mocks of the scalars for `addMocksToSchema` of `@graphql-tools/mock`, which knows no other
 * scalars than those of GraphQL: 100 points, and 2026-01-01T00:00:00.000Z.
 */
export const scalarMocks = {
  Points: () => 100,
  DateTime: () => Date.UTC(2026, 0, 1),
};
