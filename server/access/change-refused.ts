/** Says why somebody's account was not changed or removed. */
import { problem } from '../http/problem'
import type { Changed } from './people'

export function refuseChange(why: Extract<Changed, string>): never {
  if (why === 'unknown') problem(404, 'No such person')
  if (why === 'last owner')
    problem(409, 'The site needs an owner', 'Make somebody else an owner first.')
  problem(403, 'Not allowed', 'Only an owner can change or remove editors and owners.')
}
