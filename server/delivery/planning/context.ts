/**
 * What planning and sending share within a process: the ledger, the log, one reader of subjects,
 * and the hold.
 */
import type { Kysely } from 'kysely'
import { settings } from '../../config/settings'
import { useApp } from '../../db/open'
import type { AppTables } from '../../db/schema'
import { useLog } from '../../log'
import type { EventLog } from '../../log/event-log'
import { SubjectReader } from './subjects'

export interface DeliveryContext {
  app: Kysely<AppTables>
  log: EventLog
  subjects: SubjectReader
  /** How long (ms) a delivery waits after its event before it may leave. */
  holdMs: number
  now: () => number
}

let reader: { log: EventLog; subjects: SubjectReader } | undefined

/** This process's reader of subjects. */
export function useSubjects(): SubjectReader {
  const log = useLog()
  if (reader?.log !== log) reader = { log, subjects: new SubjectReader(log, settings().siteUrl) }
  return reader.subjects
}

export async function useDeliveryContext(): Promise<DeliveryContext> {
  return {
    app: await useApp(),
    log: useLog(),
    subjects: useSubjects(),
    holdMs: settings().holdSeconds * 1000,
    now: Date.now,
  }
}
