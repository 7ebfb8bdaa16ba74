import { Button, Group as Row, Stack, Text } from '@mantine/core';
import { type FormEvent, useEffect, useMemo, useRef, useState } from 'react';
import { useLocation } from 'wouter';
import { ApiProblem } from '../api/client.ts';
import type { Declared } from '../api/declared.ts';
import { useFile } from '../api/requests.ts';
import { useLanguage, useTexts } from '../language/language.tsx';
import { send } from '../shared/send.ts';
import { requestOf } from './form/draft.ts';
import { FieldInput } from './form/field-input.tsx';
import type { Field } from './form/fields.ts';
import { FormContext } from './form/form-context.ts';
import { Fields } from './form/group-input.tsx';
import { NotTaken } from './not-taken.tsx';
import { SampleButton } from './sample-button.tsx';
import { texts } from './texts.ts';
import { keyMadeOf, newDraft, useDraft } from './use-draft.ts';

/** A request as a form. What was typed stays until it has arrived; sent twice it is one case. */
export function RequestForm({ declared, fields }: { declared: Declared; fields: readonly Field[] }) {
  const say = useTexts(texts);
  const { language } = useLanguage();
  const [, go] = useLocation();
  const process = declared.name;
  const keyMade = keyMadeOf(declared, fields);
  const { value: draft, setValue: setDraft, forget } = useDraft(process, fields, keyMade);
  const [wasRestored] = useState(draft.isTyped);
  const [unread, setUnread] = useState<readonly string[]>([]);
  const form = useRef<HTMLFormElement>(null);
  const file = useFile(process);
  const wrong = useWrong(unread, file.error);

  useEffect(() => focusFirst(form.current, wrong), [wrong]);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (file.isPending) return;
    const read = requestOf(fields, draft.group, { language });
    setUnread(read.unread);
    if (read.unread.length > 0) return file.reset();
    const arrived = ({ caseId }: { caseId: string }) => go(`/cases/${encodeURIComponent(caseId)}`);
    send(file, { key: draft.key, request: read.request }, forget, { onSuccess: arrived });
  };
  const begin = (next: typeof draft) => {
    setDraft(next);
    setUnread([]);
    file.reset();
  };

  return (
    <FormContext value={{ process, wrong, keyMade, Input: FieldInput }}>
      <form ref={form} onSubmit={submit} noValidate>
        <Stack gap="lg" maw="72ch">
          <SampleButton
            process={process}
            fields={fields}
            onFill={(group) => begin({ ...newDraft(fields, keyMade), group, isTyped: true })}
          />
          {wasRestored && <Text c="dimmed">{say('new.restored')}</Text>}
          <Fields
            fields={fields}
            group={draft.group}
            at=""
            currency={undefined}
            onChange={(group) => setDraft((before) => ({ ...before, group, isTyped: true }))}
          />
          <NotTaken error={file.error} wrong={wrong.size} />
          <Row gap="sm">
            <Button type="submit" loading={file.isPending}>
              {say('new.send')}
            </Button>
            {draft.isTyped && (
              <Button variant="default" onClick={() => begin(newDraft(fields, keyMade))}>
                {say('new.discard')}
              </Button>
            )}
          </Row>
        </Stack>
      </form>
    </FormContext>
  );
}

/** JSON pointers to what was not understood here, or not taken by the API. */
function useWrong(unread: readonly string[], error: unknown): ReadonlySet<string> {
  return useMemo(() => {
    const refused = error instanceof ApiProblem ? error.errors.map(({ field }) => field) : [];
    return new Set([...unread, ...refused]);
  }, [unread, error]);
}

/** The first field that is wrong, or the one around it. */
function focusFirst(form: HTMLFormElement | null, wrong: ReadonlySet<string>): void {
  if (!form || wrong.size === 0) return;
  const marked = [...form.querySelectorAll<HTMLElement>('[data-at]')].find((one) => wrong.has(one.dataset['at']!));
  const input = marked?.matches('input, select, textarea')
    ? marked
    : marked?.querySelector<HTMLElement>('input, select, textarea, button');
  input?.focus();
}
