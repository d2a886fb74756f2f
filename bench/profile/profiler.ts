import { type Profiler, Session } from 'node:inspector/promises';

/**
 * Loaded into a server before its program, by `node --require`: profiles the processor between two
 * messages of the benchmark, and sends the profile back.
 */
export interface ProfilerOrder {
  readonly profile: 'start' | 'stop';
}

export type CpuProfile = Profiler.Profile;

const session = new Session();
session.connect();

process.on('message', async ({ profile }: ProfilerOrder) => {
  if (profile === 'start') {
    await session.post('Profiler.enable');
    await session.post('Profiler.setSamplingInterval', { interval: intervalMicroseconds });
    await session.post('Profiler.start');
    process.send!('started');
  } else {
    const stopped = await session.post('Profiler.stop');
    process.send!(stopped.profile);
  }
});

const intervalMicroseconds = 250;
