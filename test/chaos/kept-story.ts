import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Evidence } from '../faults/evidence';
import type { JournalContent } from '../faults/journal-file';
import type { Strike } from './storm';

interface KeptStory {
  readonly seed: number;
  readonly complaints: readonly string[];
  readonly evidence: Evidence;
  readonly journal: JournalContent;
  readonly strikes: readonly Strike[];
  /** What the servers have logged as errors. */
  readonly faults: readonly unknown[];
}

/**
 * Writes a story into a file that is kept, and returns its path: one line each for complaints,
 * errors that servers logged, faults, calls with their responses, sightings, and entries. Faults,
 * calls and sightings are in the order of time.
 */
export function keepStory(story: KeptStory): string {
  const { seed, complaints, evidence, journal, strikes, faults } = story;
  const path = join(mkdtempSync(join(tmpdir(), 'ledger-story-')), `seed-${seed}.jsonl`);
  const inTime = [
    ...strikes.map((strike) => ({ what: 'fault', ...strike })),
    ...evidence.attempts.map((attempt) => ({ what: 'call', ...attempt })),
    ...evidence.sightings.map((sighting) => ({ what: 'sighting', ...sighting })),
  ].toSorted((a, b) => a.sentAt - b.sentAt);
  const lines = [
    ...complaints.map((complaint) => ({ what: 'complaint', complaint })),
    ...faults.map((logged) => ({ what: 'logged', logged })),
    ...inTime,
    ...[...journal.values()].flat().map((entry) => ({ what: 'entry', ...entry })),
  ];
  writeFileSync(path, lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
  return path;
}
