import { useMemo } from 'react';
import { type Declared, useDeclared } from '../api/declared.ts';
import { useMe } from '../api/me.ts';
import { useTexts } from '../language/language.tsx';
import { useWords } from '../language/words.ts';
import { Page } from '../shared/page.tsx';
import { Empty, Shown } from '../shared/states.tsx';
import { usePlace } from '../shared/use-place.ts';
import { fieldsOf, type Schema } from './form/fields.ts';
import { RequestForm } from './request-form.tsx';
import { texts } from './texts.ts';

/** Asks for a case of a process. */
export function NewRequest() {
  const say = useTexts(texts);
  const words = useWords();
  const process = usePlace('process');
  const declared = useDeclared(process);
  const { mayRequest } = useMe().data!;
  return (
    <Page title={say('new.title', { what: words.oneOf(process) })}>
      <Shown of={declared}>
        {(found) =>
          mayRequest.includes(process) ? (
            <Form key={process} declared={found} />
          ) : (
            <Empty title={say('new.may-not')}>{say('new.may-not.why')}</Empty>
          )
        }
      </Shown>
    </Page>
  );
}

function Form({ declared }: { declared: Declared }) {
  const fields = useMemo(() => fieldsOf(declared.request as Schema, declared.saidBySystems), [declared]);
  return <RequestForm declared={declared} fields={fields} />;
}
