/** The in-memory log keeps the contract of every log. */
import { openMemoryLog } from '../../server/log/memory'
import { logContract } from './contract'

logContract('memory', { open: openMemoryLog })
