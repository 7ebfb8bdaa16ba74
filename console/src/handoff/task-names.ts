import { useTexts } from '../language/language.tsx';
import { useWords } from '../language/words.ts';
import type { Names } from '../shared/value-scope.tsx';
import { useAround } from './around.tsx';

/** Fields of a task's packet, and what stands in them: Baton's own, and no process declares them. */
const texts = {
  en: {
    action: 'Action',
    line: 'For line',
    asked: 'What was asked for under the same key',
    outcome: 'Outcome',
    target: 'What is wanted',
    figures: 'What was counted',
    process: 'Process',
    measure: 'Measure',
    bound: 'It is to be',
    value: 'Value',
    overDays: 'Over how many days',
    of: 'Of which',
    calendar: 'Calendar',
    name: 'Name',
    version: 'Version',
    endsOn: 'Ends on',
    ours: 'On record here',
    theirs: 'In the system',
    applied: 'Took effect',
    times: 'How often',
    at: 'When',
    'value.intended': 'begun, its answer is not known',
    'value.done': 'done',
    'value.refused': 'refused',
    'value.unknown': 'not known',
    'value.compensated': 'taken back',
    'value.stuck': 'could not be taken back',
    'value.at-least': 'at least',
    'value.at-most': 'at most',
    'value.running': 'running',
    'value.closed': 'closed',
  },
  de: {
    action: 'Schritt',
    line: 'Für Zeile',
    asked: 'Was unter demselben Schlüssel verlangt wurde',
    outcome: 'Ergebnis',
    target: 'Was gewünscht ist',
    figures: 'Was gezählt wurde',
    process: 'Prozess',
    measure: 'Kennzahl',
    bound: 'Sie soll sein',
    value: 'Wert',
    overDays: 'Über wie viele Tage',
    of: 'Wovon',
    calendar: 'Kalender',
    name: 'Name',
    version: 'Version',
    endsOn: 'Endet am',
    ours: 'Hier festgehalten',
    theirs: 'Im System',
    applied: 'Wirksam geworden',
    times: 'Wie oft',
    at: 'Wann',
    'value.intended': 'begonnen, die Antwort ist nicht bekannt',
    'value.done': 'erledigt',
    'value.refused': 'abgelehnt',
    'value.unknown': 'nicht bekannt',
    'value.compensated': 'zurückgenommen',
    'value.stuck': 'ließ sich nicht zurücknehmen',
    'value.at-least': 'mindestens',
    'value.at-most': 'höchstens',
    'value.running': 'läuft',
    'value.closed': 'abgeschlossen',
  },
} as const;

type Text = keyof (typeof texts)['en'];
const isText = (name: string): name is Text => name in texts.en;
const stated: ReadonlySet<string> = new Set(['state', 'bound', 'ours', 'theirs']);

/** What the fields of a task are called; undefined of what is no task, whose process names them. */
export function useTaskNames(): Names | undefined {
  const say = useTexts(texts);
  const words = useWords();
  const { handoff } = useAround();
  if (handoff.kind !== 'task') return undefined;
  return {
    field: (name) => (isText(name) ? say(name) : undefined),
    value(field, text) {
      if (stated.has(field) && isText(`value.${text}`)) return say(`value.${text}` as Text);
      if (field === 'outcome') return words.of(handoff.process, 'outcomes', text);
      if (field === 'measure') return words.shared('measures', text);
      return field === 'process' ? words.process(text) : undefined;
    },
  };
}
