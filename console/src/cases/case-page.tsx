import { type Case, useCase, useRecord, useTimeline } from '../api/cases.ts';
import { useTexts } from '../language/language.tsx';
import { useWords } from '../language/words.ts';
import { Page } from '../shared/page.tsx';
import { Part } from '../shared/part.tsx';
import { Shown } from '../shared/states.tsx';
import { usePlace } from '../shared/use-place.ts';
import { Actions } from './actions.tsx';
import { keyOf } from './addresses.ts';
import { actionsOf } from './entries.ts';
import { Head, Stuck } from './head.tsx';
import { linesOf } from './of-record.ts';
import { Record } from './record.tsx';
import { ReversalOf, Reversals } from './reversals.tsx';
import { TakeBack } from './take-back.tsx';
import { texts } from './texts.ts';
import { Timeline } from './timeline.tsx';

/** One case: where it stands, what happened in it, what can be taken back, and what its record proves. */
export function CasePage() {
  const caseId = usePlace('id');
  const found = useCase(caseId);
  const words = useWords();
  const [process = ''] = caseId.split('/', 1);
  return (
    <Page
      title={`${words.process(process)} ${keyOf(caseId)}`}
      actions={found.data && <TakeBack key={caseId} of={found.data} />}
    >
      <Shown of={found}>{(one) => <Whole key={caseId} of={one} />}</Shown>
    </Page>
  );
}

function Whole({ of: one }: { of: Case }) {
  const say = useTexts(texts);
  const { caseId, process } = one;
  const timeline = useTimeline(one);
  const { data: text } = useRecord(caseId, timeline.data?.length ?? 0);
  const record = linesOf(text ?? '');
  return (
    <>
      <Stuck of={one} />
      <ReversalOf of={one} />
      <Head of={one} record={record} />
      {one.reversals.length > 0 && (
        <Part title={say('reversals')}>
          <Reversals of={one} />
        </Part>
      )}
      <Part title={say('timeline')}>
        <Shown of={timeline}>
          {(lines) => <Timeline of={one} lines={lines} record={record} currency={one.currency ?? undefined} />}
        </Shown>
      </Part>
      <Part title={say('actions')}>
        <Shown of={timeline}>{(lines) => <Actions process={process} actions={actionsOf(lines)} />}</Shown>
      </Part>
      {text !== undefined && (
        <Part title={say('record')}>
          <Record caseId={caseId} text={text} />
        </Part>
      )}
    </>
  );
}
