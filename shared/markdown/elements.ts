/** Which HTML elements a tree becomes, the same for pages, feeds and emails. */
import type { Block, Inline } from './tree'

export interface Element {
  tag: string
  attributes: Record<string, string | number>
  children: Node[]
}
export type Node = string | Element

const element = (
  tag: string,
  children: Node[] = [],
  attributes: Element['attributes'] = {},
): Element => ({ tag, attributes, children })

export const elementsOf = (tree: Block[]): Element[] => tree.map(drawBlock)

function drawBlock(block: Block): Element {
  switch (block.t) {
    case 'p':
      return element('p', block.c.map(drawInline))
    case 'h':
      return element(`h${block.level}`, block.c.map(drawInline))
    case 'quote':
      return element('blockquote', block.c.map(drawBlock))
    case 'list':
      return element(block.ordered ? 'ol' : 'ul', block.items.map(drawItem), {
        ...(block.start !== undefined && { start: block.start }),
      })
    case 'pre':
      return element(
        'pre',
        [element('code', [block.v], { ...(block.lang && { class: `language-${block.lang}` }) })],
        SCROLLS,
      )
    case 'rule':
      return element('hr')
    case 'table':
      return element(
        'table',
        [
          element('thead', [drawRow('th', block.head, block.align)]),
          ...(block.rows.length
            ? [
                element(
                  'tbody',
                  block.rows.map(row => drawRow('td', row, block.align)),
                ),
              ]
            : []),
        ],
        SCROLLS,
      )
  }
}

/** Elements that may be wider than a phone can be focused and scrolled by keyboard. */
const SCROLLS = { tabindex: 0 }

/** An item of one paragraph needs no <p>; a checkbox is shown as a character, not as a control. */
function drawItem({ checked, c }: { checked?: boolean; c: Block[] }): Element {
  const single = c.filter(block => block.t === 'p').length === 1
  const drawn = c.flatMap<Node>(block =>
    single && block.t === 'p' ? block.c.map(drawInline) : [drawBlock(block)],
  )
  return element('li', checked === undefined ? drawn : [checked ? '☑ ' : '☐ ', ...drawn])
}

/** `align`, because the pages' content security policy would drop a style attribute. */
const drawRow = (
  tag: 'th' | 'td',
  cells: Inline[][],
  align: ('left' | 'center' | 'right' | null)[],
): Element =>
  element(
    'tr',
    cells.map((cell, i) =>
      element(tag, cell.map(drawInline), {
        ...(tag === 'th' && { scope: 'col' }),
        ...(align[i] && { align: align[i] }),
      }),
    ),
  )

function drawInline(inline: Inline): Node {
  switch (inline.t) {
    case 'text':
      return inline.v
    case 'em':
    case 'strong':
    case 'del':
      return element(inline.t, inline.c.map(drawInline))
    case 'code':
      return element('code', [inline.v])
    case 'br':
      return element('br')
    case 'link':
      return element('a', inline.c.map(drawInline), {
        href: inline.href,
        ...(inline.title && { title: inline.title }),
      })
  }
}
