/**
 * The published example in its published order, which is not chronological. The idempotency keys
 * make it safe to run again: the second time changes nothing and returns the same results. All
 * examples name their account, so that they also work with DEFAULT_ACCOUNT=off.
 */
const workedExample = `# Five transactions, not in chronological order; then a spend of 5000 points,
# which uses the oldest points first and leaves no payer below zero.
# Press the green button. Press it again: because of the keys, nothing counts twice.
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

const balances = `# Points per payer. Payers with zero points are listed too.
query Balances {
  balances(accountId: "default") {
    payer
    points
  }
}
`;

const account = `# The points that can be spent, the lots that a spend would use, and the whole history.
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

const preview = `# What a spend would use now, lot by lot. Changes nothing.
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

interface Example {
  readonly name: string;
  readonly query: string;
  readonly variables?: object;
}

/** The tabs of the playground; it shows the last one. */
export const examples: readonly Example[] = [
  { name: 'Balances', query: balances },
  { name: 'Account', query: account },
  { name: 'Preview a spend', query: preview, variables: { points: 1000 } },
  { name: 'Worked example', query: workedExample },
];
