/**
 * The published example, in its published order, which is not the order of time. Its keys make it
 * safe to repeat: the second time changes nothing and returns the same result. All examples name
 * their account, so that they also work with DEFAULT_ACCOUNT=off.
 */
const workedExample = `# Five transactions, not in the order of time; then a spend of 5000 points,
# which takes the oldest first and leaves no payer below zero.
# Press the green button. Press it again: the keys see that nothing counts twice.
mutation WorkedExample {
  addTransactions(input: { transactions: [
    { accountId: "default", payer: "DANNON", points: 1000
      timestamp: "2020-11-02T14:00:00Z", idempotencyKey: "1" }
    { accountId: "default", payer: "UNILEVER", points: 200
      timestamp: "2020-10-31T11:00:00Z", idempotencyKey: "2" }
    { accountId: "default", payer: "DANNON", points: -200
      timestamp: "2020-10-31T15:00:00Z", idempotencyKey: "3" }
    { accountId: "default", payer: "MILLER COORS", points: 10000
      timestamp: "2020-11-01T14:00:00Z", idempotencyKey: "4" }
    { accountId: "default", payer: "DANNON", points: 300
      timestamp: "2020-10-31T10:00:00Z", idempotencyKey: "5" }
  ] }) {
    results {
      errors { code message }
    }
  }
  spendPoints(input: { accountId: "default", points: 5000, idempotencyKey: "6" }) {
    spend {
      deductions { payer points }
    }
    account {
      balances { payer points }
    }
    replayed
    errors { code message }
  }
}
`;

const balances = `# Points per payer. A payer at zero stays listed.
query Balances {
  balances(accountId: "default") {
    payer
    points
  }
}
`;

const account = `# What can be spent, the lots it would be taken from, and everything that ever happened.
query Account {
  account(id: "default") {
    points
    lots(first: 10) {
      nodes {
        remaining
        transaction { payer points timestamp }
      }
    }
    history(first: 10) {
      nodes {
        sequence
        recordedAt
        ... on Transaction { payer points timestamp }
        ... on Spend {
          points
          allocations {
            points
            transaction { payer timestamp }
          }
        }
      }
    }
  }
}
`;

const preview = `# What a spend would take now, lot by lot. Changes nothing.
query Preview($points: Points!) {
  previewSpend(input: { accountId: "default", points: $points }) {
    deductions { payer points }
    allocations {
      points
      transaction { payer timestamp }
    }
    errors { code message }
  }
}
`;

export interface Example {
  readonly name: string;
  readonly query: string;
  readonly variables?: object;
}

/** What the playground opens with, one tab each; it shows the last. */
export const examples: readonly Example[] = [
  { name: 'Balances', query: balances },
  { name: 'Account', query: account },
  { name: 'Preview a spend', query: preview, variables: { points: 1000 } },
  { name: 'Worked example', query: workedExample },
];
