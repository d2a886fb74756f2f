import { WriteHealth } from '../../../src/service/health/write-health';

test('without a failure the state is ready and no trial write is due', () => {
  const health = new WriteHealth(1_000);
  expect([health.state, health.trialDueAt]).toEqual(['ready', null]);
});

test('a failed write changes the state once, and a trial write is due one period later', () => {
  const health = new WriteHealth(1_000);
  expect([health.writesFailed(2, 100), health.writesFailed(3, 400)]).toEqual([true, false]);
  expect([health.state, health.trialDueAt]).toEqual(['writes-fail', 1_100]);
});

test('the trial write that succeeds ends the outage, with the writes that failed and its duration', () => {
  const health = new WriteHealth(1_000);
  health.writesFailed(2, 100);
  health.trialBegins(1_100);
  expect(health.trialDueAt).toBeNull();
  expect(health.trialFailed(1_200)).toBe(false);
  expect(health.trialDueAt).toBe(2_200);
  health.trialBegins(2_200);
  health.writesFailed(5, 2_250);
  expect(health.trialSucceeded(2_300)).toEqual({ failures: 7, durationMs: 2_200 });
  expect([health.state, health.trialDueAt]).toEqual(['ready', null]);
});

test('a second outage is counted from zero', () => {
  const health = new WriteHealth(1_000);
  health.writesFailed(2, 100);
  health.trialBegins(1_100);
  health.trialSucceeded(1_100);
  expect(health.writesFailed(1, 5_000)).toBe(true);
  health.trialBegins(6_000);
  expect(health.trialSucceeded(6_000)).toEqual({ failures: 1, durationMs: 1_000 });
});

test('a suspicion changes the state only if the trial write fails, which is due at once', () => {
  const health = new WriteHealth(1_000);
  health.suspect(50);
  expect([health.state, health.trialDueAt]).toEqual(['ready', 50]);
  health.trialBegins(50);
  expect(health.trialFailed(60)).toBe(true);
  expect([health.state, health.trialDueAt]).toEqual(['writes-fail', 1_060]);
});

test('a suspicion that the trial write disproves ends without a trace', () => {
  const health = new WriteHealth(1_000);
  health.suspect(50);
  health.trialBegins(50);
  expect(health.trialSucceeded(60)).toBeNull();
  expect([health.state, health.trialDueAt]).toEqual(['ready', null]);
});

test('suspicions cause at most one trial write per period', () => {
  const health = new WriteHealth(1_000);
  health.suspect(50);
  health.trialBegins(50);
  health.trialSucceeded(60);
  health.suspect(70);
  expect(health.trialDueAt).toBe(1_050);
});

test('a trial write that began before the first failure does not end the outage', () => {
  const health = new WriteHealth(1_000);
  health.suspect(50);
  health.trialBegins(50);
  health.writesFailed(1, 60);
  expect(health.trialSucceeded(70)).toBeNull();
  expect([health.state, health.trialDueAt]).toEqual(['writes-fail', 1_060]);
});
