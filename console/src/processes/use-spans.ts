import { useTexts } from '../language/language.tsx';

const texts = {
  en: {
    'minutes.one': '{count} minute',
    'minutes.other': '{count} minutes',
    'hours.one': '{count} hour',
    'hours.other': '{count} hours',
    'days.one': '{count} day',
    'days.other': '{count} days',
    'business-hours.one': '{count} business hour',
    'business-hours.other': '{count} business hours',
    'business-days.one': '{count} business day',
    'business-days.other': '{count} business days',
  },
  de: {
    'minutes.one': '{count} Minute',
    'minutes.other': '{count} Minuten',
    'hours.one': '{count} Stunde',
    'hours.other': '{count} Stunden',
    'days.one': '{count} Tag',
    'days.other': '{count} Tage',
    'business-hours.one': '{count} Arbeitsstunde',
    'business-hours.other': '{count} Arbeitsstunden',
    'business-days.one': '{count} Arbeitstag',
    'business-days.other': '{count} Arbeitstage',
  },
} as const;

type Unit = 'minutes' | 'hours' | 'days' | 'business-hours' | 'business-days';

/** Answers a declared span (`4 business hours`) in words. */
export function useSpans() {
  const say = useTexts(texts);
  return (span: string): string => {
    const [count, ...unit] = span.split(' ');
    return say(unit.join('-') as Unit, { count: Number(count) });
  };
}
