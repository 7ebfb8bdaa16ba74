import { type ComponentType, lazy, Suspense } from 'react';
import { Redirect, Route, Switch } from 'wouter';
import { useTexts } from './language/language.tsx';
import { Page } from './shared/page.tsx';
import { Loading } from './shared/states.tsx';
import { texts } from './shared/texts.ts';

/** Each page is loaded when it is first opened, so that the inbox is quick. */
const page = <Name extends string>(load: () => Promise<Record<Name, ComponentType>>, name: Name) =>
  lazy(async () => ({ default: (await load())[name] }));

const pages: readonly (readonly [path: string, page: ComponentType])[] = [
  ['/handoffs', page(() => import('./inbox/inbox.tsx'), 'Inbox')],
  ['/handoffs/:id', page(() => import('./handoff/handoff-page.tsx'), 'HandoffPage')],
  ['/questions/:id', page(() => import('./requests/question-page.tsx'), 'QuestionPage')],
  ['/requests', page(() => import('./requests/requests.tsx'), 'Requests')],
  ['/requests/new/:process', page(() => import('./requests/new-request.tsx'), 'NewRequest')],
  ['/cases', page(() => import('./cases/find.tsx'), 'Find')],
  ['/cases/:id', page(() => import('./cases/case-page.tsx'), 'CasePage')],
  ['/processes', page(() => import('./processes/processes.tsx'), 'Processes')],
  ['/processes/:process', page(() => import('./processes/process-page.tsx'), 'ProcessPage')],
  ['/queues', page(() => import('./queues/queues.tsx'), 'Queues')],
  ['/queues/:queue', page(() => import('./queues/queue-page.tsx'), 'QueuePage')],
  ['/scorecard', page(() => import('./scorecard/scorecard.tsx'), 'Scorecard')],
  ['/me', page(() => import('./me/me-page.tsx'), 'MePage')],
];

// What most come for is fetched while they are being signed in.
if (['/', '/handoffs', '/signed-in'].includes(location.pathname)) void import('./inbox/inbox.tsx');

function NothingHere() {
  const say = useTexts(texts);
  return <Page title={say('not-found')}>{say('not-found.why')}</Page>;
}

export const Pages = () => (
  <Suspense fallback={<Loading />}>
    <Switch>
      <Route path="/">
        <Redirect to="/handoffs" replace />
      </Route>
      {pages.map(([path, component]) => (
        <Route key={path} path={path} component={component} />
      ))}
      <Route>
        <NothingHere />
      </Route>
    </Switch>
  </Suspense>
);
