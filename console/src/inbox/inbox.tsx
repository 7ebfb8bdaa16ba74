import { Page } from '../shared/page.tsx';

export const Inbox = () => <Page title="Inbox">{null}</Page>;
