import type { Command } from 'commander';

export function addVerify(points: Command): void {
  points.command('verify');
}
