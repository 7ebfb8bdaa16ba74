/** Texts of the tour. */
export const texts = {
  en: {
    title: 'A look around',
    step: 'Step {n} of {of}',
    next: 'Next',
    back: 'Back',
    skip: 'Skip the tour',
    done: 'Done',
    inbox: 'The inbox holds what waits for you and your queues, what is due first on top. Open one to decide it.',
    handoff:
      'A handoff says what is asked, what a model proposes and why the rules ask you. Before you approve you see what will be written, and how it is undone.',
    'handoff.none':
      'Nothing waits for you now. A handoff will say here what is asked, what a model proposes and why the rules ask you.',
    record:
      'A case tells its story step by step: who or what did what, when, and at what cost. Its record can be verified.',
    processes: 'Each process shows its flow, its rules as tables, and switches with which its owners stop it.',
    scorecard: 'The scorecard says what came of it all. Every number leads to its definition and to its cases.',
    requests: 'Under My requests you ask for something, see where it stands, and answer what you are asked.',
  },
  de: {
    title: 'Ein Rundgang',
    step: 'Schritt {n} von {of}',
    next: 'Weiter',
    back: 'Zurück',
    skip: 'Rundgang überspringen',
    done: 'Fertig',
    inbox:
      'Im Eingang liegt, was auf Sie und Ihre Warteschlangen wartet, das Dringendste zuoberst. Öffnen Sie etwas, um zu entscheiden.',
    handoff:
      'Eine Übergabe sagt, was gefragt ist, was ein Modell vorschlägt und warum die Regeln Sie fragen. Bevor Sie zustimmen, sehen Sie, was geschrieben wird und wie es sich zurücknehmen lässt.',
    'handoff.none':
      'Gerade wartet nichts auf Sie. Eine Übergabe sagt Ihnen hier, was gefragt ist, was ein Modell vorschlägt und warum die Regeln Sie fragen.',
    record:
      'Ein Vorgang erzählt Schritt für Schritt: wer oder was wann was getan hat, und was es gekostet hat. Sein Protokoll lässt sich prüfen.',
    processes:
      'Jeder Prozess zeigt seinen Ablauf, seine Regeln als Tabellen und die Schalter, mit denen die Verantwortlichen ihn anhalten.',
    scorecard: 'Die Kennzahlen sagen, was dabei herauskam. Jede Zahl führt zu ihrer Definition und zu ihren Vorgängen.',
    requests: 'Unter „Meine Anfragen“ fragen Sie etwas an, sehen, wo es steht, und antworten auf Fragen an Sie.',
  },
} as const;
