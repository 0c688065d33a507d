/** Finds the part that sends email by its medium, since no file but its own may name a part. */
import { everyReactor } from './registry'

/** Empty in a process that knows no parts. */
export const mailPart = () => everyReactor().find(({ medium }) => medium === 'mail')?.name ?? ''
