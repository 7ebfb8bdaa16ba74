import { Page } from '../shared/page.tsx';

export const QueuePage = () => <Page title="Queue">{null}</Page>;
