/** Every migration of app.sqlite, in the order of their names. */
import * as tables from './0001-tables'
import * as accounts from './0002-accounts'
import * as partStanding from './0003-part-standing'
import * as webhooks from './0004-webhooks'
import * as copyBase from './0005-copy-base'
import * as operators from './0006-operators'
import * as discarded from './0007-discarded'
import * as revisionReasons from './0016-revision-reasons'
import * as removedUploads from './0017-removed-uploads'

export default {
  '0001-tables': tables,
  '0002-accounts': accounts,
  '0003-part-standing': partStanding,
  '0004-webhooks': webhooks,
  '0005-copy-base': copyBase,
  '0006-operators': operators,
  '0007-discarded': discarded,
  '0016-revision-reasons': revisionReasons,
  '0017-removed-uploads': removedUploads,
}
