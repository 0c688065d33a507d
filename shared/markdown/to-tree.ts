/** Converts the parser's tree (mdast) to ours by an allow list, so that an unforeseen kind of node becomes nothing. */
import type {
  Definition,
  Link,
  LinkReference,
  ListItem,
  Nodes,
  PhrasingContent,
  Root,
  RootContent,
  TableRow,
} from 'mdast'
import type { LeftOut } from './left-out'
import { MOST_LEVELS, MOST_NODES, TooDeep, TooLong } from './limits'
import { safeHref } from './safe-href'
import type { Block, Inline } from './tree'

export interface Parsed {
  tree: Block[]
  leftOut: LeftOut[]
}

/** Raw HTML becomes its text, images their alternative text, unsafe links their words; comments are nothing. Throws TooDeep or TooLong. */
export function toTree(root: Root): Parsed {
  const definitions = new Map<string, Definition>()
  const leftOut: LeftOut[] = []
  let count = 0

  function enter(depth: number) {
    if (depth > MOST_LEVELS) throw new TooDeep()
    if (++count > MOST_NODES) throw new TooLong(`has more than ${MOST_NODES} parts`)
  }

  const blocks = (nodes: RootContent[], depth: number): Block[] =>
    nodes.flatMap(node => block(node, depth))

  function block(node: RootContent, depth: number): Block[] {
    enter(depth)
    switch (node.type) {
      case 'paragraph':
        return paragraph(inlines(node.children, depth + 1))
      case 'heading':
        return [{ t: 'h', level: levelOf(node.depth), c: inlines(node.children, depth + 1) }]
      case 'blockquote':
        return [{ t: 'quote', c: blocks(node.children, depth + 1) }]
      case 'list':
        return [
          {
            t: 'list',
            ordered: !!node.ordered,
            ...(node.ordered && node.start != null && node.start !== 1 && { start: node.start }),
            items: node.children.map(child => item(child, depth + 1)),
          },
        ]
      case 'code':
        return [
          {
            t: 'pre',
            ...(node.lang && /^[\w+#.-]{1,40}$/.test(node.lang) && { lang: node.lang }),
            v: node.value,
          },
        ]
      case 'thematicBreak':
        return [{ t: 'rule' }]
      // A one-word footnote parses as a link definition (CommonMark 4.7): it stays as it was typed.
      case 'definition':
        if (isNote(node)) leftOut.push({ kind: 'footnote', what: node.label ?? '' })
        return isNote(node)
          ? paragraph([
              {
                t: 'text',
                v: `[${node.label}]: ${node.url}${node.title ? ` "${node.title}"` : ''}`,
              },
            ])
          : []
      case 'html':
        return paragraph(typed(node.value))
      case 'table': {
        const [head = [], ...rows] = node.children.map(row => cells(row, depth + 1))
        return [
          {
            t: 'table',
            align: head.map((_, i) => node.align?.[i] ?? null),
            head,
            rows: rows.map(row => head.map((_, i) => row[i] ?? [])),
          },
        ]
      }
      default:
        return []
    }
  }

  function item(node: ListItem, depth: number) {
    enter(depth)
    return {
      ...(node.checked != null && { checked: node.checked }),
      c: blocks(node.children, depth + 1),
    }
  }

  function cells(row: TableRow, depth: number): Inline[][] {
    return row.children.map(cell => {
      enter(depth)
      return inlines(cell.children, depth + 1)
    })
  }

  const inlines = (nodes: PhrasingContent[], depth: number): Inline[] =>
    joined(nodes.flatMap(node => inline(node, depth)))

  function inline(node: PhrasingContent, depth: number): Inline[] {
    enter(depth)
    switch (node.type) {
      case 'text':
        return [{ t: 'text', v: node.value }]
      case 'html':
        return typed(node.value)
      case 'emphasis':
        return [{ t: 'em', c: inlines(node.children, depth + 1) }]
      case 'strong':
        return [{ t: 'strong', c: inlines(node.children, depth + 1) }]
      case 'delete':
        return [{ t: 'del', c: inlines(node.children, depth + 1) }]
      case 'inlineCode':
        return [{ t: 'code', v: node.value }]
      case 'break':
        return [{ t: 'br' }]
      case 'image':
      case 'imageReference':
        leftOut.push({ kind: 'picture', what: node.alt ?? '' })
        return [{ t: 'text', v: node.alt ?? '' }]
      case 'link':
      case 'linkReference':
        return link(node, depth)
      default:
        return []
    }
  }

  function link(node: Link | LinkReference, depth: number): Inline[] {
    if (node.type === 'linkReference' && isNote(node)) return [{ t: 'text', v: `[${node.label}]` }]
    const target = node.type === 'link' ? node : definitions.get(node.identifier)
    const href = target && safeHref(target.url)
    const c = inlines(node.children, depth + 1)
    if (!href) leftOut.push({ kind: 'link', what: target?.url ?? '' })
    return href ? [{ t: 'link', href, ...(target.title && { title: target.title }), c }] : c
  }

  /** HTML is shown as it was typed, but for comments and line breaks. */
  function typed(html: string): Inline[] {
    return html
      .replace(COMMENT, '')
      .split(BREAK)
      .flatMap<Inline>((v, i) => {
        if (/<[a-z/!?]/i.test(v)) leftOut.push({ kind: 'html', what: v.trim() })
        return [...(i ? [{ t: 'br' } as const] : []), ...(v ? [{ t: 'text', v } as const] : [])]
      })
  }

  collect(root, definitions)
  return { tree: blocks(root.children, 1), leftOut }
}

const COMMENT = /<!--(?:>|->|[\s\S]*?(?:-->|$))/g
const BREAK = /[ \t]*<br[ \t]*\/?>[ \t]*\n?/i

/** GitHub's footnotes have no place in our tree. */
const isNote = ({ identifier }: { identifier: string }) => identifier.startsWith('^')

/** The first definition of a name counts, wherever it is (CommonMark 4.7). */
function collect(node: Nodes, into: Map<string, Definition>) {
  if (node.type === 'definition' && !into.has(node.identifier)) into.set(node.identifier, node)
  if ('children' in node) for (const child of node.children) collect(child, into)
}

/** The page's own title is the only heading of level 1. */
const levelOf = (depth: number) => Math.min(4, Math.max(2, depth)) as 2 | 3 | 4

/** A paragraph with nothing visible is dropped. */
const paragraph = (c: Inline[]): Block[] =>
  c.some(i => i.t !== 'text' || i.v.trim()) ? [{ t: 'p', c }] : []

/** Adjacent texts are merged; empty ones are dropped, and so is white space around a line break. */
function joined(inlines: Inline[]): Inline[] {
  const all: Inline[] = []
  for (const inline of inlines) {
    const last = all.at(-1)
    if (inline.t === 'br' && last?.t === 'text') last.v = last.v.trimEnd()
    if (inline.t === 'text' && last?.t === 'br') inline.v = inline.v.trimStart()
    if (inline.t === 'text' && last?.t === 'text') last.v += inline.v
    else if (inline.t !== 'text' || inline.v) all.push(inline)
  }
  return all
}
