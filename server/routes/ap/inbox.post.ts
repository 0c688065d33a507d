/** POST /ap/inbox: what other servers send to several of our actors at once (ActivityPub, 7.1.3). */
import { defineEventHandler } from 'h3'
import { receive } from '../../channels/activitypub/inbox/receive'

export default defineEventHandler(receive)
