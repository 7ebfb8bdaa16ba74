import { createTheme, type CSSVariablesResolver } from '@mantine/core';

/** Spacing, type and colour: the rules are in console/README.md. */
export const theme = createTheme({
  primaryColor: 'blue',
  primaryShade: 8, // white on it has 4.5 : 1 in either scheme
  autoContrast: true,
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif',
  fontFamilyMonospace: 'ui-monospace, "SF Mono", Menlo, Consolas, monospace',
  headings: {
    fontWeight: '650',
    sizes: { h1: { fontSize: '1.5rem' }, h2: { fontSize: '1.15rem' }, h3: { fontSize: '1rem' } },
  },
  defaultRadius: 'md',
  cursorType: 'pointer',
  respectReducedMotion: true,
  // What locks scrolling adds a style sheet without the page's nonce, which the browser refuses.
  components: { Modal: { defaultProps: { lockScroll: false } }, Drawer: { defaultProps: { lockScroll: false } } },
});

/** Secondary text keeps a contrast of 4.5 : 1, which Mantine's own grey does not on light backgrounds. */
export const colours: CSSVariablesResolver = ({ colors }) => ({
  variables: {},
  light: { '--mantine-color-dimmed': colors.gray[7], '--mantine-color-placeholder': colors.gray[7] },
  dark: { '--mantine-color-dimmed': colors.dark[1], '--mantine-color-placeholder': colors.dark[1] },
});
