import { process } from '../../../core/process.ts';
import { type Definition, stories } from './stories.ts';

export const errand = process<Definition>('errand', (request, steps) => stories[request.story]!(request, steps));
