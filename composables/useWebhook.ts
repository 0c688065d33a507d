/** One webhook on the desk and its commands. After each, a sentence says what came of it. The page awaits `arrived` before it renders. */
import type { WebhookAnswer, WebhookPage } from '~/shared/types/webhook'
import type { Refusal } from '~/utils/refusal-words'

/** What a replay from position `from` would send. */
export interface ReplayPreview {
  from: number
  count: number
  items: { reviewId: string; title: string; type: string }[]
}

export function useWebhook(id: string) {
  const address = `/api/webhooks/${encodeURIComponent(id)}`
  const arrived = useFetch<WebhookPage>(address, { deep: false })
  const { data, error, refresh } = arrived
  const busy = ref('')
  const trouble = ref('')
  const said = ref('')
  /** Shown until the editor leaves the page. */
  const secret = ref('')
  const answer = ref<WebhookAnswer>()
  const replayPreview = ref<ReplayPreview>()
  usePolling(
    async () => {
      if (!busy.value) await refresh()
    },
    () => (data.value?.waiting ? 2000 : 10_000),
  )

  async function ask<Answer>(
    what: string,
    path: string,
    options: { method: 'POST' | 'PATCH' | 'DELETE'; body?: object },
  ): Promise<Answer | undefined> {
    busy.value = what
    trouble.value = said.value = ''
    try {
      return await callApi<Answer>(address + path, options)
    } catch (refused) {
      trouble.value = refusalWords(
        (refused as { data?: Refusal }).data,
        'That was not done. The server did not answer as expected.',
      )
    } finally {
      if (what !== 'remove') await refresh()
      busy.value = ''
    }
  }

  return {
    arrived,
    webhook: data,
    error,
    busy,
    trouble,
    said,
    secret,
    answer,
    replayPreview,
    async test() {
      answer.value = undefined
      answer.value = await ask<WebhookAnswer>('test', '/test', { method: 'POST', body: {} })
    },
    async rotate() {
      secret.value =
        (await ask<{ secret: string }>('rotate', '/rotate', { method: 'POST', body: {} }))
          ?.secret ?? secret.value
    },
    async enable(enabled: boolean) {
      if (await ask('enable', '', { method: 'PATCH', body: { enabled } }))
        said.value = enabled ? 'The webhook is on.' : 'The webhook is paused.'
    },
    async previewReplay(from: number) {
      const found = await ask<Omit<ReplayPreview, 'from'>>('previewReplay', '/replay', {
        method: 'POST',
        body: { from, dryRun: true },
      })
      replayPreview.value = found && { from, ...found }
    },
    async replay(from: number) {
      const done = await ask<{ planned: number }>('replay', '/replay', {
        method: 'POST',
        body: { from },
      })
      replayPreview.value = undefined
      if (done)
        said.value = `${done.planned.toLocaleString('en')} ${done.planned === 1 ? 'event is' : 'events are'} being sent.`
    },
    async remove() {
      if ((await ask('remove', '', { method: 'DELETE' })) !== undefined || !trouble.value)
        await navigateTo('/editor/webhooks')
    },
  }
}
