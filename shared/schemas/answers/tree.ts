/** The parsed text of a review as the API answers it: blocks of inline pieces. */
import { z } from 'zod'
import type { Block, Inline } from '../../markdown/tree'

const inlines = z.array(z.lazy(() => inlineSchema)).meta({ id: 'Inlines' })
const blocks = z.array(z.lazy(() => blockSchema))

export const inlineSchema: z.ZodType<Inline> = z
  .discriminatedUnion('t', [
    z.object({ t: z.literal('text'), v: z.string() }),
    z.object({ t: z.enum(['em', 'strong', 'del']), c: inlines }),
    z.object({ t: z.literal('code'), v: z.string() }),
    z.object({ t: z.literal('br') }),
    z.object({
      t: z.literal('link'),
      href: z.string(),
      title: z.string().optional(),
      c: inlines,
    }),
  ])
  .meta({ id: 'Inline', description: 'A piece of a line: text, emphasis, a link.' })

const listItem = z.object({
  checked: z.boolean().optional().describe('Only in a list of tasks.'),
  c: blocks,
})

export const blockSchema: z.ZodType<Block> = z
  .discriminatedUnion('t', [
    z.object({ t: z.literal('p'), c: inlines }),
    z.object({
      t: z.literal('h'),
      level: z.union([z.literal(2), z.literal(3), z.literal(4)]),
      c: inlines,
    }),
    z.object({ t: z.literal('quote'), c: blocks }),
    z.object({
      t: z.literal('list'),
      ordered: z.boolean(),
      start: z.int().optional(),
      items: z.array(listItem),
    }),
    z.object({ t: z.literal('pre'), lang: z.string().optional(), v: z.string() }),
    z.object({ t: z.literal('rule') }),
    z.object({
      t: z.literal('table'),
      align: z.array(z.enum(['left', 'center', 'right']).nullable()),
      head: z.array(inlines),
      rows: z.array(z.array(inlines)),
    }),
  ])
  .meta({ id: 'Block', description: 'A paragraph, heading, quotation, list, code, rule or table.' })
