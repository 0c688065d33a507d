/** Access control: who sends a request, what they may do, and that a repeated command runs once. */
export { idempotent } from './idempotent'
export {
  mayEdit,
  onlyOf,
  requireRole,
  requireScope,
  requireSession,
  requireSomebody,
  whoAmI,
  type Who,
} from './who'
