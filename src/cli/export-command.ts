import type { Command } from 'commander';

export function addExport(points: Command): void {
  points.command('export');
}
