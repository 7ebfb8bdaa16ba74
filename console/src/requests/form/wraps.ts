/** A button whose words may need several lines. */
export const wraps = {
  h: 'auto',
  mih: 34,
  py: 6,
  maw: '100%',
  styles: { label: { whiteSpace: 'normal', textAlign: 'start', lineHeight: 1.4 } },
} as const;
