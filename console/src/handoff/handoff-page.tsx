import { Page } from '../shared/page.tsx';

export const HandoffPage = () => <Page title="Handoff">{null}</Page>;
