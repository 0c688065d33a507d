/** Parses Markdown into the allow-listed tree; anything else stays as the text that was typed. Runs in Node and in browsers. */
import { fromMarkdown } from 'mdast-util-from-markdown'
import { gfmAutolinkLiteralFromMarkdown } from 'mdast-util-gfm-autolink-literal'
import { gfmStrikethroughFromMarkdown } from 'mdast-util-gfm-strikethrough'
import { gfmTableFromMarkdown } from 'mdast-util-gfm-table'
import { gfmTaskListItemFromMarkdown } from 'mdast-util-gfm-task-list-item'
import { cjkFriendlyExtension } from 'micromark-extension-cjk-friendly'
import { gfmStrikethroughCjkFriendly } from 'micromark-extension-cjk-friendly-gfm-strikethrough'
import { gfmAutolinkLiteral } from 'micromark-extension-gfm-autolink-literal'
import { gfmTable } from 'micromark-extension-gfm-table'
import { gfmTaskListItem } from 'micromark-extension-gfm-task-list-item'
import { refuseExcess } from './limits'
import { type Parsed, toTree } from './to-tree'
import type { Block } from './tree'

/** GitHub's Markdown without footnotes, with emphasis beside Chinese and Japanese punctuation. Throws TooDeep or TooLong, whose message completes a sentence that starts with the field's name. */
export const parseReview = (markdown: string): Block[] => readReview(markdown).tree

/** The same, with what was left out of the tree. */
export function readReview(markdown: string): Parsed {
  refuseExcess(markdown)
  return toTree(
    fromMarkdown(printable(markdown), {
      extensions: [
        gfmTable(),
        gfmStrikethroughCjkFriendly({ singleTilde: false }),
        gfmTaskListItem(),
        gfmAutolinkLiteral(),
        cjkFriendlyExtension(),
      ],
      mdastExtensions: [
        gfmTableFromMarkdown(),
        gfmStrikethroughFromMarkdown(),
        gfmTaskListItemFromMarkdown(),
        gfmAutolinkLiteralFromMarkdown(),
      ],
    }),
  )
}

/** Without characters that XML cannot carry, because feeds and emails use the same tree; those that separate words become white space. */
const printable = (text: string) =>
  text
    .toWellFormed()
    .replace(/[\u0085\u2028]/g, '\n')
    .replace(/\u2029/g, '\n\n')
    // eslint-disable-next-line no-control-regex -- control characters are what is replaced
    .replace(/[\v\f\u001C-\u001F]/g, ' ')
    // eslint-disable-next-line no-control-regex -- control characters are what is removed
    .replace(/[\u0000-\u0008\u000E-\u001B\u007F\uFFFE\uFFFF]/g, '')
