/** Where to go on from an answer. */
import { z } from 'zod'

/** The name of the relation, and its address. */
export const linksSchema = z
  .record(z.string(), z.object({ href: z.string() }))
  .meta({ id: 'Links', description: 'Where to go on: the relation, and its address.' })
