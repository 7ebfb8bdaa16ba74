import { Stack } from '@mantine/core';
import { useMe } from '../../api/me.ts';
import { Shown } from '../../shared/states.tsx';
import type { Part } from '../process-page.tsx';
import { AutonomyPart } from './autonomy.tsx';
import { SwitchesPart } from './switches.tsx';

/** What is stopped, how far the process goes by itself, and who changed what. */
export function ControlsTab(part: Part) {
  const me = useMe();
  return (
    <Shown of={me}>
      {({ roles, owns }) => {
        const admin = roles.includes('admin');
        const may = { all: admin, process: admin || owns.includes(part.process) };
        return (
          <Stack gap="xl">
            <SwitchesPart {...part} may={may} />
            <AutonomyPart {...part} may={may} />
          </Stack>
        );
      }}
    </Shown>
  );
}

/** What is offered: `process` to its owner too, `all` to administrators alone. The API holds everybody to it again. */
export interface May {
  all: boolean;
  process: boolean;
}
