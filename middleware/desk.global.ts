/** Who is not signed in is sent from the desk to sign in, and comes back afterwards. The API guards itself; this is manners. */
export default defineNuxtRouteMiddleware(async to => {
  if (!/^\/editor(?:\/|$)/.test(to.path)) return
  const me = useCurrentUser()
  // Asked on the server only: a browser would show the 401 of a signed-out visitor as an error in its console.
  if (import.meta.server) {
    me.value = await useRequestFetch()<Me>('/api/me').catch((error: { status?: number }) => {
      if (error.status === 401) return null
      throw error
    })
  }
  if (!me.value) return navigateTo({ path: '/sign-in', query: { next: to.fullPath } })
})
