import { z } from 'zod';

type Issue = z.core.$ZodRawIssue;

/** Zod's own German names types of JavaScript; what a person meets at a field is said here. */
const { localeError: others } = z.locales.de();

const types: Readonly<Record<string, string>> = {
  ...{ string: 'ein Text', number: 'eine Zahl', int: 'eine ganze Zahl', boolean: 'wahr oder falsch' },
  ...{ array: 'eine Liste', object: 'ein Objekt', record: 'ein Objekt', date: 'ein Datum', null: 'leer' },
};
const formats: Readonly<Record<string, string>> = {
  ...{
    date: 'ein Datum',
    datetime: 'ein Zeitpunkt mit Datum und Uhrzeit',
    time: 'eine Uhrzeit',
    duration: 'eine Dauer',
  },
  ...{ email: 'eine E-Mail-Adresse', url: 'eine Internetadresse', uuid: 'eine UUID', ipv4: 'eine IP-Adresse' },
};
const counted: Readonly<Record<string, string>> = {
  ...{ string: 'Zeichen', array: 'Einträge', set: 'Einträge', map: 'Einträge' },
};

/** What is wrong with a value, as German says it of a field. */
export function germanOf(issue: Issue): ReturnType<typeof others> {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined ? 'fehlt' : mustBe(types[issue.expected] ?? 'von anderer Art');
    case 'invalid_value':
      return issue.input === undefined ? 'fehlt' : oneOf(issue.values.map(String));
    case 'invalid_union':
      return issue.input === undefined ? 'fehlt' : 'passt zu keiner der möglichen Formen';
    case 'too_big':
      return bounded(issue.origin, issue.inclusive === false ? 'weniger als' : 'höchstens', issue.maximum);
    case 'too_small':
      if (issue.origin === 'string' && issue.minimum === 1) return 'darf nicht leer sein';
      return bounded(issue.origin, issue.inclusive === false ? 'mehr als' : 'mindestens', issue.minimum);
    case 'invalid_format':
      return formats[issue.format] ? mustBe(formats[issue.format]!) : 'hat nicht die richtige Form';
    case 'not_multiple_of':
      return `muss ein Vielfaches von ${number(issue.divisor)} sein`;
    case 'invalid_element':
    case 'invalid_key':
    case 'unrecognized_keys':
    case 'custom':
      return others(issue);
  }
}

const mustBe = (what: string): string => `muss ${what} sein`;

const oneOf = (values: readonly string[]): string =>
  values.length === 1 ? mustBe(`„${values[0]}“`) : `muss eines davon sein: ${values.join(', ')}`;

const number = (of: number | bigint): string => new Intl.NumberFormat('de').format(of);

function bounded(origin: string, how: string, bound: number | bigint): string {
  const unit = counted[origin];
  return unit ? `muss ${how} ${number(bound)} ${unit} haben` : mustBe(`${how} ${number(bound)}`);
}
