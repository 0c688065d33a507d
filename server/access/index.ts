/** The door: who asks, what they may do, and that a repeated command is done once. */
export { idempotent } from './idempotent'
export {
  mayEdit,
  requireRole,
  requireScope,
  requireSession,
  requireSomebody,
  whoAmI,
  type Who,
} from './who'
