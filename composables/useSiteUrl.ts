/** The site's own address from the settings, without a trailing slash. Known only on the server, where public pages are rendered. */
export const useSiteUrl = (): string => useRequestEvent()?.context.siteUrl ?? ''
