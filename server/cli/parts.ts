/** Shows the parts and their dead letters: the same as /editor/parts, without a browser. */
import { appReadOnly, useApp } from '../db/open'
import { canSend } from '../delivery/contract/part-settings'
import { everyReactor } from '../delivery/contract/registry'
import {
  deadLetters as readDeadLetters,
  redrive as sendAgain,
} from '../delivery/ledger/dead-letters'
import { closeLog, useLog } from '../log'
import { reactorStates } from '../operations/part-status'
import { type Command, Complaint, Misuse, table } from './command'
import { existingDataFolder } from './existing-data-folder'

export const parts: Command = {
  says: 'shows the state of every part',
  async run() {
    existingDataFolder()
    await useApp()
    const head = await useLog().head()
    await closeLog()
    const states = await reactorStates(appReadOnly(), everyReactor(), canSend, head, Date.now())
    // The last error no longer matters when nothing is waiting.
    return table(
      states.map(({ name, state, checkpoint, lag, waiting, dead, lastError, reason }) => ({
        part: name,
        state,
        position: checkpoint,
        behind: lag,
        waiting,
        dead,
        trouble: reason ?? (waiting ? lastError : ''),
      })),
    )
  },
}

export const deadLetters: Command = {
  says: 'lists deliveries that were given up, newest first',
  async run() {
    existingDataFolder()
    await useApp()
    const letters = await readDeadLetters(appReadOnly())
    return letters.length
      ? table(
          letters.map(({ id, part, reviewId, at, reason }) => ({
            id,
            part,
            review: reviewId,
            at,
            reason,
          })),
        )
      : ['No dead letters.']
  },
}

const WHICH = 'Which one? `dead-letters` lists their ids.'

export const redrive: Command = {
  usage: 'ID',
  says: 'sends a dead letter again, from its first attempt',
  missing: WHICH,
  async run([id = '']) {
    if (!/^\d+$/.test(id)) throw new Misuse(WHICH)
    existingDataFolder()
    if (!(await sendAgain(await useApp(), Number(id), Date.now())))
      throw new Complaint(`There is no dead letter ${id} (any more).`)
    return [`${id} is due again.`]
  },
}
