/** The log in memory keeps the log's contract. */
import { openMemoryLog } from '../../server/log/memory'
import { logContract } from './contract'

logContract('memory', { open: openMemoryLog })
