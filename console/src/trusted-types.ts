/**
 * The browser asks here before any text becomes markup. Mantine writes its style sheets that way; markup itself is refused, so
 * that nothing from a model or a customer can become HTML, whatever a component does.
 */
interface TrustedTypes {
  createPolicy(name: 'default', rules: { createHTML(text: string): string | null }): unknown;
}

const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypes };
trustedTypes?.createPolicy('default', { createHTML: (text) => (text.includes('<') ? null : text) });
