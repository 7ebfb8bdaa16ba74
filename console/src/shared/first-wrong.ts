const marked = '[aria-invalid="true"], .mantine-InputWrapper-error';
const inputs = 'input, select, textarea, button';

/** Leads whoever answers to the first field that is marked as wrong, once it is: nothing that stays in reach below hides it. */
export function toFirstWrong(): void {
  requestAnimationFrame(() => {
    const within = document.querySelector('[role="dialog"]') ?? document;
    const first = within.querySelector<HTMLElement>(marked);
    const field = first?.matches(inputs)
      ? first
      : first?.closest('.mantine-InputWrapper-root')?.querySelector<HTMLElement>(inputs);
    field?.scrollIntoView({ block: 'center' });
    field?.focus({ preventScroll: true });
  });
}
