/** Every migration of app.sqlite, in the order of their names. */
import * as tables from './0001-tables'
import * as accounts from './0002-accounts'
import * as partStanding from './0003-part-standing'
import * as webhooks from './0004-webhooks'
import * as copyBase from './0005-copy-base'
import * as operators from './0006-operators'
import * as discarded from './0007-discarded'
import * as bounces from './0010-bounces'
import * as lostPushReaders from './0012-lost-push-readers'
import * as mailboxLetters from './0013-mailbox-letters'
import * as heldPosition from './0014-held-position'
import * as deskEmails from './0015-desk-emails'
import * as revisionReasons from './0016-revision-reasons'
import * as removedUploads from './0017-removed-uploads'
import * as movieAddresses from './0018-movie-addresses'
import * as tokenEnds from './0024-token-ends'
import * as setUp from './0025-set-up'
import * as securityLog from './0026-security-log'
import * as unusedCounts from './0027-unused-counts'
import * as webhookWants from './0030-webhook-wants'
import * as hubSubscriptions from './0031-hub-subscriptions'
import * as fediverse from './0034-fediverse'
import * as fediverseReplies from './0035-fediverse-replies'
import * as erasures from './0040-erasures'
import * as credentials from './0042-credentials'
import * as bios from './0043-bios'

export default {
  '0001-tables': tables,
  '0002-accounts': accounts,
  '0003-part-standing': partStanding,
  '0004-webhooks': webhooks,
  '0005-copy-base': copyBase,
  '0006-operators': operators,
  '0007-discarded': discarded,
  '0010-bounces': bounces,
  '0012-lost-push-readers': lostPushReaders,
  '0013-mailbox-letters': mailboxLetters,
  '0014-held-position': heldPosition,
  '0015-desk-emails': deskEmails,
  '0016-revision-reasons': revisionReasons,
  '0017-removed-uploads': removedUploads,
  '0018-movie-addresses': movieAddresses,
  '0024-token-ends': tokenEnds,
  '0025-set-up': setUp,
  '0026-security-log': securityLog,
  '0027-unused-counts': unusedCounts,
  '0030-webhook-wants': webhookWants,
  '0031-hub-subscriptions': hubSubscriptions,
  '0034-fediverse': fediverse,
  '0035-fediverse-replies': fediverseReplies,
  '0040-erasures': erasures,
  '0042-credentials': credentials,
  '0043-bios': bios,
}
