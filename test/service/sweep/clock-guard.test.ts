import { ClockGuard } from '../../../src/service/sweep/clock-guard';
import { recordingLogger } from '../recording-logger';

function fixture() {
  const clocks = { now: 1e12 as number | null, monotonic: 0 };
  const { lines, logger } = recordingLogger();
  const guard = new ClockGuard({
    now: () => clocks.now,
    monotonic: () => clocks.monotonic,
    logger,
  });
  return { clocks, lines, guard };
}

test.each([
  [60_000, true],
  [-60_000, true],
  [60_001, false],
  [-60_001, false],
])('a jump of %d ms between two runs: the sweep may write: %s', (jump, allowed) => {
  const { clocks, guard } = fixture();
  expect(guard.begin()).toBe(true);
  clocks.now! += 600_000 + jump;
  clocks.monotonic += 600_000;
  expect(guard.begin()).toBe(allowed);
});

test('small drifts between runs do not add up', () => {
  const { clocks, guard } = fixture();
  for (let run = 0; run < 10; run += 1) {
    expect(guard.begin()).toBe(true);
    clocks.now! += 100_000;
    clocks.monotonic += 60_000;
  }
});

test('a clock that comes back goes on without an operator', () => {
  const { clocks, guard, lines } = fixture();
  guard.begin();
  clocks.now! += 1e9;
  expect(guard.begin()).toBe(false);
  clocks.now! -= 1e9;
  expect(guard.begin()).toBe(true);
  expect(lines).toHaveLength(1);
});

test('an accepted clock goes on, and its next jump is reported again', () => {
  const { clocks, guard, lines } = fixture();
  guard.begin();
  clocks.now! += 1e9;
  expect(guard.allows()).toBe(false);
  guard.accept();
  expect(guard.allows()).toBe(true);
  clocks.now! += 1e9;
  expect(guard.begin()).toBe(false);
  expect(lines).toHaveLength(2);
});

test('nothing is written while the clock is unusable', () => {
  const { clocks, guard } = fixture();
  clocks.now = null;
  expect(guard.begin()).toBe(false);
  clocks.now = 5;
  expect(guard.begin()).toBe(true);
});
