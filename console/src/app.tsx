import { MantineProvider } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { queryClient } from './api/query-client.ts';
import { LanguageProvider } from './language/language.tsx';
import { Pages } from './pages.tsx';
import { Shell } from './shell/shell.tsx';
import { SignedIn } from './shell/signed-in.tsx';
import { colours, theme } from './theme.ts';

const nonce = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? '';

export const App = () => (
  <MantineProvider theme={theme} cssVariablesResolver={colours} defaultColorScheme="auto" getStyleNonce={() => nonce}>
    <QueryClientProvider client={queryClient}>
      <LanguageProvider>
        <SignedIn>
          <Shell>
            <Pages />
          </Shell>
        </SignedIn>
      </LanguageProvider>
    </QueryClientProvider>
  </MantineProvider>
);
