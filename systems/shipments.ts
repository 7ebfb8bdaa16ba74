import { system } from './system.ts';

export const shipments = system({
  owner: 'carrier-integration',
  reads: ['track'],
  writes: ['reship', 'recall'],
});
