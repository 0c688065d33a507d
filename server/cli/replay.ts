/** Plans old events again for one part, or shows what that would send. Who stands in the ledger already is not told twice. */
import { parseArgs } from 'node:util'
import type { Reactor } from '../delivery/contract/define-reactor'
import { canSend } from '../delivery/contract/part-settings'
import { everyReactor } from '../delivery/contract/registry'
import { useDeliveryContext } from '../delivery/planning/context'
import { closeLog } from '../log'
import { replay as planAgain } from '../operations/replay'
import { type Command, Misuse, table } from './command'
import { existingDataFolder } from './existing-data-folder'

export const replay: Command = {
  usage: 'PART --from POSITION [--dry-run]',
  says: 'tells what the log says from a position on to who was not told; --dry-run only shows it',
  async run(args) {
    const { reactor, from, dryRun } = understand(args)
    existingDataFolder()
    const context = await useDeliveryContext()
    const { app, log } = context
    try {
      const head = await log.head()
      if (from > head) throw new Misuse(`POSITION is a position of the log, which ends at ${head}.`)
      const { items, planned, alreadyTold } = await planAgain(context, reactor, {
        from,
        dryRun,
      })
      const { paused } =
        (await app
          .selectFrom('consumers')
          .select('paused')
          .where('name', '=', reactor.name)
          .executeTakeFirst()) ?? {}
      return [
        ...table(
          items.map(({ reviewId, title, type, recipients }) => ({
            review: reviewId,
            event: type,
            deliveries: recipients,
            title,
          })),
        ),
        `${planned} ${dryRun ? 'would be sent' : paused ? `wait, because ${reactor.label} is paused` : 'are due now'}; ${alreadyTold} stand in the ledger already and are left alone.`,
      ]
    } finally {
      await closeLog()
    }
  },
}

/** Throws Misuse. */
function understand(args: string[]): { reactor: Reactor; from: number; dryRun: boolean } {
  const {
    positionals: [name, ...more],
    values: { from, 'dry-run': dryRun },
  } = parsed(args)
  const reactor = everyReactor().find(part => part.name === name)
  if (!name || more.length) throw new Misuse(USAGE)
  if (!reactor)
    throw new Misuse(
      `There is no part ${JSON.stringify(name)}, only ${everyReactor()
        .map(part => part.name)
        .join(', ')}.`,
    )
  if (!from || !/^[1-9]\d{0,14}$/.test(from))
    throw new Misuse(
      `${from === undefined ? '--from is missing' : `--from ${from} is none`}: POSITION counts the facts of the log from 1.`,
    )
  const able = canSend(reactor)
  if (able !== true) throw new Misuse(`${reactor.label} cannot send: ${able}.`)
  return { reactor, from: Number(from), dryRun }
}

const USAGE =
  'Which part, from where? `replay PART --from POSITION [--dry-run]`; `parts` lists the parts.'

function parsed(args: string[]) {
  // A negative number is a number here, not an option.
  const joined = args.flatMap((arg, i) =>
    args[i - 1] === '--from'
      ? []
      : arg === '--from' && args[i + 1] !== undefined
        ? [`--from=${args[i + 1]}`]
        : [arg],
  )
  try {
    return parseArgs({
      args: joined,
      allowPositionals: true,
      options: { from: { type: 'string' }, 'dry-run': { type: 'boolean', default: false } },
    })
  } catch {
    throw new Misuse(USAGE)
  }
}
