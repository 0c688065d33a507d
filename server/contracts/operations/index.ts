/** Every announced route, by whom it is for. tests/contracts/ compares the list with the files that answer. */
import type { Operations } from '../operation'
import { EVENTS } from './events'
import { FEDIVERSE } from './fediverse'
import { FILES } from './files'
import { GRAPHQL } from './graphql'
import { OPERATING } from './operating'
import { PEOPLE } from './people'
import { READERS } from './readers'
import { READING } from './reading'
import { SUBSCRIBING } from './subscribing'
import { WEBHOOKS } from './webhooks'
import { WRITING } from './writing'

interface Group {
  tag: string
  about: string
  operations: Operations
}

export const OPERATIONS: Group[] = [
  { tag: 'Reading', about: 'What anybody may read.', operations: READING },
  { tag: 'Events', about: 'What happened, and what happens.', operations: EVENTS },
  { tag: 'GraphQL', about: 'To pick what you need.', operations: GRAPHQL },
  { tag: 'Webhooks', about: 'To be called with each event.', operations: WEBHOOKS },
  { tag: 'Writing', about: 'Drafts, publishing, and what comes after it.', operations: WRITING },
  { tag: 'Subscribing', about: 'Email and notifications.', operations: SUBSCRIBING },
  { tag: 'Readers', about: 'The lists of readers.', operations: READERS },
  { tag: 'Operating', about: 'The parts, and what went wrong.', operations: OPERATING },
  { tag: 'People', about: 'Accounts, sessions and tokens.', operations: PEOPLE },
  { tag: 'Fediverse', about: 'What other servers ask for.', operations: FEDIVERSE },
  { tag: 'Files', about: 'Feeds, pictures, and what machines look for.', operations: FILES },
]
