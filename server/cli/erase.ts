/** Erases the text of an archived review for good. The server may be running. */
import { startReadModels } from '../app/composition'
import { settings } from '../config/settings'
import { eraseReview } from '../desk/erase-review'
import { Problem } from '../http/problem'
import { closeLog, useLog } from '../log'
import { load } from '../log/handle-command'
import { type Command, Complaint } from './command'
import { existingDataFolder } from './existing-data-folder'

export const erase: Command = {
  usage: 'REVIEW',
  says: 'makes the text of an archived review unreadable for good; REVIEW is its id',
  missing: 'Which one? `erase REVIEW` takes the id of an archived review.',
  async run([id = '']) {
    existingDataFolder()
    const { stop } = await startReadModels(() => {})
    try {
      const { state } = await load(useLog(), id)
      if (state.status === 'none') throw new Complaint(`There is no review ${id}.`)
      if (state.status !== 'archived')
        throw new Complaint(
          `Only an archived review can be erased; this one is ${state.status === 'published' ? 'public. Archive it first' : 'a draft. Discard it instead'}.`,
        )
      await eraseReview(id, { name: 'the command line' }).catch(asComplaint)
      return [
        `${id}: its text is gone from ${settings().dataDir}, and from every backup and export made from now on.`,
        'Backups and exports from before still hold it: delete them in time. Keep erased-reviews.txt when you restore one.',
      ]
    } finally {
      await stop()
      await closeLog()
    }
  },
}

function asComplaint(error: Error): never {
  throw error instanceof Problem ? new Complaint(error.detail ?? error.title) : error
}
