import { Button, FileButton, Group, Stack, Text } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTexts } from '../language/language.tsx';
import { Copied } from './copied.tsx';
import { Notice } from '../shared/notice.tsx';
import { texts } from './texts.ts';
import { type Verdict, verifyRecord } from './verify-record.ts';

interface Taken {
  /** Of the file that was taken instead of what is stored. */
  name: string;
  text: string;
}

/** The record, verified in the browser: what is stored now, or a file that was kept. */
export function Record({ caseId, text }: { caseId: string; text: string }) {
  const say = useTexts(texts);
  const [file, setFile] = useState<Taken>();
  const take = (given: File | null) =>
    void given?.text().then((content) => setFile({ name: given.name, text: content }));
  return (
    <Stack gap="sm">
      <Text size="sm" c="dimmed">
        {file ? say('record.file.of', { name: file.name }) : say('record.shown')}
      </Text>
      <Verified caseId={caseId} text={file?.text ?? text} />
      <Group gap="xs">
        <Button variant="default" onClick={() => download(caseId, text)}>
          {say('record.download')}
        </Button>
        <FileButton
          onChange={take}
          accept=".ndjson,.jsonl,.json,.txt"
          inputProps={{ 'aria-label': say('record.file') }}
        >
          {(props) => (
            <Button variant="default" {...props}>
              {say('record.file')}
            </Button>
          )}
        </FileButton>
      </Group>
    </Stack>
  );
}

function Verified({ caseId, text }: { caseId: string; text: string }) {
  const say = useTexts(texts);
  const [verdict, setVerdict] = useState<Verdict>();
  useEffect(() => {
    let current = true;
    void verifyRecord(text, caseId).then((found) => current && setVerdict(found));
    return () => void (current = false);
  }, [caseId, text]);
  return <div role="status">{verdict ? <Said of={verdict} /> : <Text size="sm">{say('record.verifying')}</Text>}</div>;
}

function Said({ of: verdict }: { of: Verdict }) {
  const say = useTexts(texts);
  if (verdict.is === 'unbroken')
    return (
      <Notice color="teal" role="group" title={say('record.unbroken', { count: verdict.lines })}>
        <Stack gap="xs">
          <Text size="sm">{say('record.unbroken.what')}</Text>
          <Copied label={say('record')}>{verdict.hash}</Copied>
        </Stack>
      </Notice>
    );
  if (verdict.is === 'broken') {
    const { line, type } = verdict;
    return (
      <Notice color="red" role="group" title={say('record.broken', { line })}>
        <Text size="sm">{say('record.broken.what', { line, type: type === '' ? '' : `(${type})` })}</Text>
      </Notice>
    );
  }
  if (verdict.is === 'another')
    return <Notice color="red" role="group" title={say('record.another', { caseId: verdict.caseId })} />;
  if (verdict.is === 'empty') return <Notice color="red" role="group" title={say('record.empty')} />;
  return (
    <Notice color="gray" role="group" title={say('record.unable')}>
      {say('record.unable.what')}
    </Notice>
  );
}

function download(caseId: string, text: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([text], { type: 'application/x-ndjson' }));
  link.download = `${caseId.replaceAll(/[^\w.-]/g, '_')}.ndjson`;
  link.click();
  URL.revokeObjectURL(link.href);
}
