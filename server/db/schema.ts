/**
 * The tables of app.sqlite (or of the one PostgreSQL): what is neither on the log nor derived from
 * it. Times are ms since the epoch.
 */
import type { AccessTables } from './tables/access'
import type { AlertTables } from './tables/alerts'
import type { ChannelTables } from './tables/channels'
import type { DeliveryTables } from './tables/delivery'
import type { DeskTables } from './tables/desk'
import type { FediverseTables } from './tables/fediverse'
import type { ReaderTables } from './tables/readers'

export interface AppTables
  extends
    DeskTables,
    AccessTables,
    ReaderTables,
    DeliveryTables,
    AlertTables,
    ChannelTables,
    FediverseTables {}
