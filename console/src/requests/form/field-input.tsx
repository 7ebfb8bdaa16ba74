import { GroupInput, OneOfInput } from './group-input.tsx';
import type { InputProps } from './input-props.ts';
import { ListInput } from './list-input.tsx';
import { SingleInput } from './single-input.tsx';

/** One field of a request, whatever its kind. */
export function FieldInput(props: InputProps) {
  const { of } = props;
  if (of.kind === 'group') return <GroupInput {...props} of={of} />;
  if (of.kind === 'one-of') return <OneOfInput {...props} of={of} />;
  if (of.kind === 'list') return <ListInput {...props} of={of} />;
  return <SingleInput {...props} />;
}
