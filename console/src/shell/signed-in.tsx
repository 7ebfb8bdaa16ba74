import { type ReactNode, useEffect, useState } from 'react';
import { useLocation } from 'wouter';
import { bearer, finishSignIn, signedInPath, signIn } from '../api/session.ts';
import { Failed, Loading } from '../shared/states.tsx';

/** Shows the console to whoever is signed in; anybody else is sent to the issuer, and comes back to where they were. */
export function SignedIn({ children }: { children: ReactNode }) {
  const [path, go] = useLocation();
  const [fault, setFault] = useState<unknown>();
  const isBack = path === signedInPath;
  useEffect(() => {
    if (bearer()) return;
    const signing = isBack ? finishSignIn().then((wanted) => go(wanted, { replace: true })) : signIn();
    signing.catch(setFault);
  }, [isBack]); // oxlint-disable-line react/exhaustive-deps -- not again when the address changes
  if (fault) return <Failed error={fault} retry={() => void signIn({ chooses: true }).catch(setFault)} />;
  return bearer() && !isBack ? children : <Loading />;
}
