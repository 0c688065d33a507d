/** Who is signed in, as the server saw it when it rendered the page; null for nobody, and on public pages. */
export interface Me {
  id: string
  name: string
  email: string
  role: 'owner' | 'editor' | 'critic'
}

export const useCurrentUser = () => useState<Me | null>('me', () => null)

export async function signOut() {
  await callApi('/api/auth/sign-out', { method: 'POST' })
  await navigateTo('/sign-in', { external: true })
}
