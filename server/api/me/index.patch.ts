/** PATCH /api/me {bio}: what a critic says about themselves on their page. */
import { defineEventHandler } from 'h3'
import { OwnChange } from '../../../shared/schemas/people'
import { requireSession } from '../../access'
import { refuseChange } from '../../access/change-refused'
import { changePerson } from '../../access/people'
import { useAnswers } from '../../http/answer/cache'
import { readInput } from '../../http/read-input'

export default defineEventHandler(async event => {
  const who = await requireSession(event)
  const changed = await changePerson(who.id, who.id, await readInput(event, OwnChange))
  if (typeof changed === 'string') return refuseChange(changed)
  useAnswers().purge()
  return changed.person
})
