import { defineWorkflow } from '../../../core/run/define-workflow.ts';
import { type Definition, stories } from './stories.ts';

export const errand = defineWorkflow<Definition>('errand', (request, steps) => stories[request.story]!(request, steps));
