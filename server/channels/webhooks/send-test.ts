/**
 * Sends a test notice, about no event and signed like all others, to see whether the webhook
 * answers.
 */
import { randomUUIDv7 } from 'node:crypto'
import { dataSchemaUrl, sequenceOf } from '../../../shared/notice'
import { TEST_NOTICE_TYPE } from '../../../shared/types/notice'
import type { WebhookAnswer } from '../../../shared/types/webhook'
import { settings } from '../../config/settings'
import type { Webhook } from './audience'
import { callWebhook } from './call'

/** Waits at most 15 s for the answer, which changes nothing here. `head` is the log's. */
export async function sendTest(
  webhook: Webhook,
  head: number,
  now: number,
): Promise<WebhookAnswer> {
  const id = randomUUIDv7()
  const { siteUrl } = settings()
  const at = new Date(now).toISOString()
  const data = { id: webhook.id, url: siteUrl, api: `${siteUrl}/api/webhooks/${webhook.id}` }
  const body = JSON.stringify({
    specversion: '1.0',
    id,
    source: siteUrl,
    type: TEST_NOTICE_TYPE,
    subject: webhook.id,
    time: at,
    sequence: sequenceOf(head),
    datacontenttype: 'application/json',
    dataschema: dataSchemaUrl(siteUrl, TEST_NOTICE_TYPE),
    data,
  })
  const { ok, status, ms, said } = await callWebhook(webhook, { id, body })
  return { ok, at, ...(status && { status }), ms, ...(said && { said }) }
}
