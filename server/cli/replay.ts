/**
 * Plans old events again for one part, or shows what that would send. What was sent is not sent
 * twice. Of a read model it only shows what it would hold.
 */
import projections from '#projections'
import type { useApp } from '../db/open'
import type { Reactor } from '../delivery/contract/define-reactor'
import { canSend } from '../delivery/contract/part-settings'
import { everyReactor } from '../delivery/contract/registry'
import { useDeliveryContext } from '../delivery/planning/context'
import { closeLog, useLog } from '../log'
import { replay as planAgain } from '../operations/replay'
import type { Projection } from '../read-models/define-projection'
import { dryRunProjection } from '../read-models/dry-run'
import { type Command, Misuse, progress, table } from './command'
import { existingDataFolder } from './existing-data-folder'

const WHICH =
  'Which part, from where? `replay PART --from POSITION [--dry-run]`; `parts` lists the parts.'

export const replay: Command = {
  usage: 'PART --from POSITION [--dry-run]',
  says: 'sends what a part has not sent yet, from a position of the log on; --dry-run only shows it, for a read model too',
  options: { from: { type: 'string' }, 'dry-run': { type: 'boolean' } },
  missing: WHICH,
  async run([name, ...more], { from: position, 'dry-run': dryRun = false }) {
    if (more.length) throw new Misuse(WHICH)
    const from = positionIn(position)
    const model = projections.find(projection => projection.name === name)
    if (model) return tryReadModel(model, from, Boolean(dryRun))
    const reactor = partNamed(name)
    const able = canSend(reactor)
    if (able !== true) throw new Misuse(`${reactor.label} cannot send: ${able}.`)
    existingDataFolder()
    const context = await useDeliveryContext()
    const { app, log } = context
    try {
      refuseBeyond(await log.head(), from)
      const { items, planned, alreadyTold } = await planAgain(context, reactor, {
        from,
        dryRun: Boolean(dryRun),
      })
      const isPaused = await pausedIn(app, reactor.name)
      return [
        ...table(
          items.map(({ reviewId, title, type, recipients }) => ({
            review: reviewId,
            event: type,
            deliveries: recipients,
            title,
          })),
        ),
        `${planned} ${dryRun ? 'would be sent' : nextFor(reactor, isPaused)}; ${alreadyTold} were sent, wait or were skipped, and are left alone.`,
      ]
    } finally {
      await closeLog()
    }
  },
}

async function tryReadModel(model: Projection, from: number, dryRun: boolean): Promise<string[]> {
  if (!dryRun)
    throw new Misuse(
      `${model.name} is a read model: add --dry-run, or use \`rebuild ${model.name}\`.`,
    )
  existingDataFolder()
  const log = useLog()
  try {
    refuseBeyond(await log.head(), from)
    const say = progress()
    const { events, rows, sample, parked } = await dryRunProjection(log, model, from, {
      afterBatch: (done, until) => say(() => `${done} of ${until} events`),
    })
    return [
      ...sample.map(row => clipped(JSON.stringify(row))),
      ...parked.map(({ position, reason }) => `cannot process position ${position}: ${reason}`),
      `${model.name} would have ${rows} rows from ${events} events, of which the newest are above. Nothing was changed.`,
    ]
  } finally {
    await closeLog()
  }
}

const clipped = (line: string) =>
  line.length > MOST_SHOWN ? `${line.slice(0, MOST_SHOWN)}…` : line
const MOST_SHOWN = 500

function refuseBeyond(head: number, from: number) {
  if (from > head) throw new Misuse(`POSITION is beyond the log, which ends at ${head}.`)
}

/** Throws Misuse when there is no part of that name. */
function partNamed(name?: string): Reactor {
  const parts = everyReactor()
  const found = parts.find(part => part.name === name)
  if (found) return found
  const names = parts.map(part => part.name).join(', ')
  throw new Misuse(`There is no part ${JSON.stringify(name)}, only ${names}.`)
}

/** Throws Misuse for anything but a position of the log. */
function positionIn(from?: string | boolean): number {
  if (typeof from === 'string' && /^(?:0|[1-9]\d{0,14})$/.test(from)) return Number(from)
  const wrong = from === undefined ? '--from is missing' : `--from ${from} is not a position`
  throw new Misuse(
    `${wrong}: POSITION counts the events of the log from 1; 0 is from the first too.`,
  )
}

async function pausedIn(app: Awaited<ReturnType<typeof useApp>>, name: string): Promise<boolean> {
  const consumer = await app
    .selectFrom('consumers')
    .select('paused')
    .where('name', '=', name)
    .executeTakeFirst()
  return Boolean(consumer?.paused)
}

const nextFor = ({ label }: Reactor, isPaused: boolean) =>
  isPaused ? `wait, because ${label} is paused` : 'are due now'
