import type { Command } from 'commander';

export function addRestore(points: Command): void {
  points.command('restore');
}
