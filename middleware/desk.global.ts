/** Sends visitors who are not signed in from the desk to the sign-in page, and back afterwards. This is a courtesy: the API guards itself. */
export default defineNuxtRouteMiddleware(async to => {
  if (!/^\/editor(?:\/|$)/.test(to.path)) return
  const me = useCurrentUser()
  // Only on the server: a browser would log the 401 of a signed-out visitor as an error in its console.
  if (import.meta.server) {
    me.value = await useRequestFetch()<Me>('/api/me').catch((error: { status?: number }) => {
      if (error.status === 401) return null
      throw error
    })
  }
  if (!me.value) return navigateTo({ path: '/sign-in', query: { next: to.fullPath } })
})
