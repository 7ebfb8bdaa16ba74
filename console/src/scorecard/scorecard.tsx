import { Page } from '../shared/page.tsx';

export const Scorecard = () => <Page title="Scorecard">{null}</Page>;
