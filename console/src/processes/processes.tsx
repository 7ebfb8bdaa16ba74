import { Page } from '../shared/page.tsx';

export const Processes = () => <Page title="Processes">{null}</Page>;
