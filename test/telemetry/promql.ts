import type { SyntaxNode } from '@lezer/common';
import { parser } from '@prometheus-io/lezer-promql';

export interface Selected {
  /** The series, as it is exposed: with `_bucket`, `_sum`, `_count` of a histogram. */
  name: string;
  labels: string[];
}

/** Which series an expression reads and by which labels it groups. Throws where it is no PromQL. */
export function read(expression: string): { selected: Selected[]; groupedBy: string[] } {
  const text = expression.replaceAll('$__rate_interval', '5m');
  const selected: Selected[] = [];
  const groupedBy: string[] = [];
  const textOf = ({ from, to }: SyntaxNode) => text.slice(from, to);
  parser.parse(text).iterate({
    enter: ({ node, name }) => {
      if (node.type.isError) throw new Error(`no PromQL at ${node.from}: ${text}`);
      if (name === 'VectorSelector')
        selected.push({ name: textOf(node.getChild('Identifier')!), labels: all(node, 'LabelName').map(textOf) });
      if (name === 'GroupingLabels') groupedBy.push(...all(node, 'LabelName').map(textOf));
    },
  });
  return { selected, groupedBy };
}

/** The nodes of a kind below this one. */
function all(node: SyntaxNode, kind: string): SyntaxNode[] {
  const found: SyntaxNode[] = [];
  node.toTree().iterate({
    enter: (below) => {
      if (below.name === kind) found.push(below.node);
    },
  });
  return found.map(({ from, to }) => ({ from: from + node.from, to: to + node.from }) as SyntaxNode);
}
