/** What a tree may consist of, written down independently for the tests. */
import { z } from 'zod'

const href = z.union([
  z.string().regex(/^https?:\/\/[^\s/@\\]+(?:\/[^\s\\]*)?$/),
  z
    .string()
    .regex(
      /^mailto:[^\s?]+(?:\?(?:to|cc|subject|body)=[^\s&?]*(?:&(?:to|cc|subject|body)=[^\s&?]*)*)?$/i,
    ),
  z.string().regex(/^\/(?!\/)[^\s\\]*$/),
])
const plain = z
  .string()
  .min(1)
  .refine(text => text.isWellFormed(), 'is well-formed')

const inline: z.ZodType = z.lazy(() =>
  z.union([
    z.strictObject({ t: z.literal('text'), v: plain }),
    z.strictObject({ t: z.enum(['em', 'strong', 'del']), c: z.array(inline) }),
    z.strictObject({ t: z.literal('code'), v: z.string() }),
    z.strictObject({ t: z.literal('br') }),
    z
      .strictObject({
        t: z.literal('link'),
        href,
        title: z.string().optional(),
        c: z.array(inline),
      })
      .refine(link => !JSON.stringify(link.c).includes('"t":"link"'), 'holds no other link'),
  ]),
)
const inlines = z.array(inline)

const block: z.ZodType = z.lazy(() =>
  z.union([
    z.strictObject({ t: z.literal('p'), c: inlines }),
    z.strictObject({
      t: z.literal('h'),
      level: z.union([z.literal(2), z.literal(3), z.literal(4)]),
      c: inlines,
    }),
    z.strictObject({ t: z.literal('quote'), c: z.array(block) }),
    z.strictObject({
      t: z.literal('list'),
      ordered: z.boolean(),
      start: z.number().int().min(0).optional(),
      items: z.array(z.strictObject({ checked: z.boolean().optional(), c: z.array(block) })),
    }),
    z.strictObject({
      t: z.literal('pre'),
      lang: z
        .string()
        .regex(/^[\w+#.-]{1,40}$/)
        .optional(),
      v: z.string(),
    }),
    z.strictObject({ t: z.literal('rule') }),
    z
      .strictObject({
        t: z.literal('table'),
        align: z.array(z.enum(['left', 'center', 'right']).nullable()),
        head: z.array(inlines),
        rows: z.array(z.array(inlines)),
      })
      .refine(
        ({ align, head, rows }) => [align, ...rows].every(row => row.length === head.length),
        'has rows of one length',
      ),
  ]),
)

export const allowedTree = z.array(block)
