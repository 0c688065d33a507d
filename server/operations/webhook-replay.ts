/** Replays old notices to one webhook, from a position on. */
import { NOTICE_TYPE, type PublicEventType } from '../../shared/types/notice'
import { placeOf } from '../channels/webhooks/audience'
import { webhookPart } from '../channels/webhooks/part'
import { listOf, requireWebhook } from '../channels/webhooks/store'
import { useDeliveryContext } from '../delivery/planning/context'
import { wakeParts } from '../delivery/sending/running-parts'
import { type Replay, replay } from './replay'

/**
 * `from` is the first position that counts; a dry run writes nothing and returns the same.
 * `again` also repeats notices that the webhook already got, with the same ids, for a partner who
 * lost them. Deliveries under way count as `alreadyTold` and are left alone.
 */
export async function replayToWebhook(
  id: string,
  { from, dryRun, again }: { from: number; dryRun: boolean; again?: boolean },
): Promise<Replay> {
  const context = await useDeliveryContext()
  const types = listOf((await requireWebhook(context.app, { id })).types)
  const wants = (type: string) => !types || types.includes(NOTICE_TYPE[type as PublicEventType])
  const onlyThisWebhook = {
    ...webhookPart(),
    audience: async ({ event, after }: { event: { type: string }; after: string }) =>
      after === '' && wants(event.type) ? [placeOf(id)] : [],
  }
  const done = await replay(context, onlyThisWebhook, { from, dryRun, again })
  if (!dryRun) wakeParts()
  return done
}
