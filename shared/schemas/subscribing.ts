/** What a reader sends about a subscription by email. */
import { z } from 'zod'
import { wantsSchema } from './wants'

/** The address of a confirmation email's page. */
export const confirmationQuery = z.object({ token: z.string().max(1000) })

export const confirmationInput = z.strictObject({ token: z.string().max(1000) })

/** They replace the old ones as a whole. */
export const changedWants = z.strictObject({ wants: wantsSchema })
