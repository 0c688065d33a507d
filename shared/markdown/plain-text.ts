/** The words of a review without formatting, for search, feeds and counting. */
import type { Block, Inline } from './tree'

const inlineText = (inlines: Inline[]): string => inlines.map(wordsIn).join('')

function wordsIn(inline: Inline): string {
  if ('v' in inline) return inline.v
  return 'c' in inline ? inlineText(inline.c) : ' '
}

const blockText = (block: Block): string => {
  switch (block.t) {
    case 'p':
    case 'h':
      return inlineText(block.c)
    case 'quote':
      return plainText(block.c)
    case 'list':
      return block.items.map(item => plainText(item.c)).join('\n')
    case 'pre':
      return block.v
    case 'rule':
      return ''
    case 'table':
      return [block.head, ...block.rows].map(row => row.map(inlineText).join(' ')).join('\n')
  }
}

/** Blocks are separated by a newline. */
export const plainText = (tree: Block[]): string => tree.map(blockText).filter(Boolean).join('\n')
