import { Button, Group as Row, Text } from '@mantine/core';
import { useIsDevelopment, useSampleRequest } from '../api/requests.ts';
import { useLanguage, useTexts } from '../language/language.tsx';
import { Failed } from '../shared/states.tsx';
import { draftOf, type Group } from './form/draft.ts';
import type { Field } from './form/fields.ts';
import { texts } from './texts.ts';

/** Fills in a request on the sample records, where there are some. */
export function SampleButton({
  process,
  fields,
  onFill,
}: {
  process: string;
  fields: readonly Field[];
  onFill(group: Group): void;
}) {
  const say = useTexts(texts);
  const { language } = useLanguage();
  const sample = useSampleRequest(process);
  if (!useIsDevelopment()) return null;
  const fill = () =>
    sample.mutate(undefined, { onSuccess: (request) => request && onFill(draftOf(fields, request, { language })) });
  return (
    <Row gap="sm">
      <Button variant="default" size="sm" onClick={fill} loading={sample.isPending}>
        {say('new.sample')}
      </Button>
      <Text size="sm" c="dimmed" role="status">
        {say(sample.isSuccess ? 'new.sample.filled' : 'new.sample.why')}
      </Text>
      {sample.isError && <Failed error={sample.error} />}
    </Row>
  );
}
