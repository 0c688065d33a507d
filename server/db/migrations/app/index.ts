/** Every migration of app.sqlite, in the order of their names. */
import * as tables from './0001-tables'
import * as accounts from './0002-accounts'
import * as partStanding from './0003-part-standing'
import * as webhooks from './0004-webhooks'
import * as copyBase from './0005-copy-base'
import * as operators from './0006-operators'
import * as discarded from './0007-discarded'
import * as tokenEnds from './0024-token-ends'
import * as setUp from './0025-set-up'
import * as securityLog from './0026-security-log'

export default {
  '0001-tables': tables,
  '0002-accounts': accounts,
  '0003-part-standing': partStanding,
  '0004-webhooks': webhooks,
  '0005-copy-base': copyBase,
  '0006-operators': operators,
  '0007-discarded': discarded,
  '0024-token-ends': tokenEnds,
  '0025-set-up': setUp,
  '0026-security-log': securityLog,
}
