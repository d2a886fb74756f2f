/** The target for the cost of an operation at a million lots. */
export interface Target {
  readonly text: string;
  /** @param growth the cost at a million lots over the cost at a hundred. */
  readonly isMet: (nanoseconds: number, growth: number) => boolean;
}

const growthMax = 2;

const throughputs: Readonly<Record<string, number>> = {
  'add in order': 5_000_000,
  'spend of 1 lot': 3_000_000,
  mixed: 1_000_000,
};

export function targetOf(scenario: string, payers: number): Target | null {
  if (payers > 10) return scenario === 'spend of 100 lots' ? null : atMost(2_000);
  if (scenario === 'add out of order' || scenario === 'to and fro') return atMost(1_500);
  const throughput = throughputs[scenario];
  return throughput === undefined ? null : atLeast(throughput);
}

function atMost(nanosecondsMax: number): Target {
  return {
    text: `≤ ${(nanosecondsMax / 1_000).toFixed(1)} µs`,
    isMet: (nanoseconds) => nanoseconds <= nanosecondsMax,
  };
}

function atLeast(operationsPerSecond: number): Target {
  return {
    text: `≥ ${operationsPerSecond / 1e6} M/s, cost ≤ ${growthMax} ×`,
    isMet: (nanoseconds, growth) => 1e9 / nanoseconds >= operationsPerSecond && growth <= growthMax,
  };
}
