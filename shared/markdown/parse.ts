/** Parses Markdown into the allow-listed tree; anything else stays as the text that was typed. Runs in Node and in browsers. */
import { fromMarkdown } from 'mdast-util-from-markdown'
import { gfmStrikethroughFromMarkdown } from 'mdast-util-gfm-strikethrough'
import { gfmTableFromMarkdown } from 'mdast-util-gfm-table'
import { gfmTaskListItemFromMarkdown } from 'mdast-util-gfm-task-list-item'
import { gfmStrikethrough } from 'micromark-extension-gfm-strikethrough'
import { gfmTable } from 'micromark-extension-gfm-table'
import { gfmTaskListItem } from 'micromark-extension-gfm-task-list-item'
import { refuseExcess } from './limits'
import { toTree } from './to-tree'
import type { Block } from './tree'

/**
 * GitHub's Markdown without footnotes and without autolinked bare addresses: `https://…` in running text stays text, `<https://…>` is a link.
 * Throws TooDeep or TooLong, whose message completes a sentence that starts with the field's name.
 */
export function parseReview(markdown: string): Block[] {
  refuseExcess(markdown)
  return toTree(
    fromMarkdown(printable(markdown), {
      extensions: [gfmTable(), gfmStrikethrough({ singleTilde: false }), gfmTaskListItem()],
      mdastExtensions: [
        gfmTableFromMarkdown(),
        gfmStrikethroughFromMarkdown(),
        gfmTaskListItemFromMarkdown(),
      ],
    }),
  )
}

/** Without characters that XML cannot carry, because feeds and emails use the same tree. */
const printable = (text: string) =>
  // eslint-disable-next-line no-control-regex -- control characters are what is removed
  text.toWellFormed().replace(/[\u0000-\u0008\v\f\u000E-\u001F\u007F\uFFFE\uFFFF]/g, '')
