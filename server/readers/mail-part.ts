/** Which part sends email, so that no file but its own has to name it. */
import { everyReactor } from '../delivery/contract/registry'

/** Empty in a process that knows no parts. */
export const mailPart = () => everyReactor().find(({ medium }) => medium === 'mail')?.name ?? ''
