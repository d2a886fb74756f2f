import { rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { describeEmbedding } from './embedded';
import { type Packed, pack } from './packed';
import { describeTarball } from './tarball';

let packed: Packed;

// One suite for both, since packing builds the server, the console and the types.
beforeAll(() => {
  packed = pack();
}, 600_000);

afterAll(() => {
  if (packed !== undefined) rmSync(dirname(dirname(packed.tarball)), { recursive: true });
});

describe('the tarball', () => describeTarball(() => packed));
describe('the package in a project of a user', () => describeEmbedding(() => packed));
