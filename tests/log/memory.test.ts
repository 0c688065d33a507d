import { openMemoryLog } from '../../server/log/memory'
import { logContract } from './contract'

logContract('memory', { open: openMemoryLog })
