import { Page } from '../shared/page.tsx';

export const Queues = () => <Page title="Queues">{null}</Page>;
