import { useWords } from '../language/words.ts';
import { Tag, type Tone } from '../shared/tag.tsx';

interface Standing {
  process: string;
  stage: string;
  outcome: string | null;
}

const toneOfOutcome: Readonly<Record<string, Tone>> = { failed: 'bad', terminated: 'bad', cancelled: 'neutral' };
const toneOfStage: Readonly<Record<string, Tone>> = { stuck: 'bad', compensating: 'warning', waiting: 'accent' };

/** How a case ended, or where it stands. */
export function Outcome({ of: { process, stage, outcome } }: { of: Standing }) {
  const words = useWords();
  if (outcome === null) return <Tag tone={toneOfStage[stage] ?? 'neutral'}>{words.shared('stages', stage)}</Tag>;
  return <Tag tone={toneOfOutcome[outcome] ?? 'good'}>{words.of(process, 'outcomes', outcome)}</Tag>;
}
